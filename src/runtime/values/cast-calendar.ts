import { accept, refuse, refuseType, type CastResult, type ValuePlace } from "./cast-result.js";

const MILLISECONDS_OF_MINUTE = 60_000;
/** 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what every database and a text of four digits hold. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;

export function castDate(value: unknown, place: ValuePlace): CastResult {
  const expected = 'a day of the calendar as a string, such as "2026-11-22"';
  if (typeof value !== "string") return refuseType({ place, value, expected });
  const match = datePattern.exec(value);
  if (match === null) return refuse({ place, value, expected, code: "value.date.malformed" });
  return isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))
    ? accept(value)
    : refuse({ place, value, expected, code: "value.date.unreal" });
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const timePattern = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6})0{0,20})?)?$/;

export function castTime(value: unknown, place: ValuePlace): CastResult {
  const expected = 'a time of day as a string, such as "14:30:00"';
  if (typeof value !== "string") return refuseType({ place, value, expected });
  const time = normalizeTime(value);
  return time === undefined ? refuse({ place, value, expected, code: "value.time.malformed" }) : accept(time);
}

/** `"14:30"` is `"14:30:00"`, `"14:30:00.50"` is `"14:30:00.5"`; undefined for what is not a time, or finer than a microsecond. */
export function normalizeTime(text: string): string | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds = "00", digits = ""] = match;
  const fraction = digits.replace(/0+$/, "");
  return `${hours}:${minutes}:${seconds}${fraction === "" ? "" : `.${fraction}`}`;
}

export function castDatetime(value: unknown, place: ValuePlace): CastResult {
  const expected = 'a Date, or a moment with its zone as a string, such as "2026-11-22T19:00:00Z"';
  if (!(value instanceof Date) && typeof value !== "string") return refuseType({ place, value, expected });
  const moment = typeof value === "string" ? parseMoment(value) : value.getTime();
  if (Number.isNaN(moment)) return refuse({ place, value, expected, code: "value.datetime.malformed" });
  if (moment >= EARLIEST && moment <= LATEST) return accept(new Date(moment));
  return refuse({
    place,
    value,
    expected: "a moment in the years 0001 to 9999",
    code: "value.datetime.range",
  });
}

const momentPattern =
  /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,9})?)?(?:Z|([+-])(0\d|1[0-5]):?([0-5]\d))$/i;

/** Milliseconds since 1970, cut to whole ones as a Date does; NaN for what is no moment. */
function parseMoment(text: string): number {
  const match = momentPattern.exec(text);
  const [year = 0, month = 0, day = 0] = (match?.[1] ?? "").split("-").map(Number);
  if (match === null || !isCalendarDay(year, month, day)) return NaN;
  const [, date, minutes, seconds = ":00", sign, offsetHours = 0, offsetMinutes = 0] = match;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * MILLISECONDS_OF_MINUTE;
  return Date.parse(`${date}T${minutes}${seconds}Z`) - (sign === "-" ? -offset : offset);
}
