/**
 * A moment as SQLite's own `CURRENT_TIMESTAMP` writes it, in UTC, with milliseconds where there are any, so that texts
 * of both kinds are equal and in order where the moments are.
 *
 * @example
 * writeSqliteMoment(new Date("2026-11-22T19:00:00.120Z")); // "2026-11-22 19:00:00.120"
 */
export function writeSqliteMoment(moment: Date): string {
  const iso = moment.toISOString();
  return `${iso.slice(0, 10)} ${iso.endsWith(".000Z") ? iso.slice(11, -5) : iso.slice(11, -1)}`;
}

const zone = /(?:Z|([+-]\d\d)(?::?(\d\d))?(?::\d\d)?)$/i;

/** Reads that, what Knex binds for a Date (milliseconds), and texts with a zone; without one they are in UTC. */
export function readMoment(stored: unknown): Date {
  if (stored instanceof Date) return stored;
  if (typeof stored !== "string") return new Date(Number(stored));
  const [date = "", time] = stored.split(/[ T]/);
  if (time === undefined) return new Date(date);
  const offset = zone.exec(time);
  if (offset === null) return new Date(`${date}T${time}Z`);
  const [, hours, minutes = "00"] = offset;
  return new Date(`${date}T${time.replace(zone, hours === undefined ? "Z" : `${hours}:${minutes}`)}`);
}
