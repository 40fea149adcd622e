/**
 * A time as a person reads it.
 *
 * @example
 * formatDuration(12.4); // "12 ms"
 * formatDuration(1530); // "1.5 s"
 */
export function formatDuration(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return rounded < 1000 ? `${rounded} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
