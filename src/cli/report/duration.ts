/**
 * A time as a person reads it.
 *
 * @example
 * formatDuration(12.4); // "12 ms"
 * formatDuration(1530); // "1.5 s"
 */
export function formatDuration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
