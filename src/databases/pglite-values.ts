/**
 * Values as `pg` gives and takes them, so that code written on PGlite reads the same rows from a PostgreSQL server:
 * a bigint is a string, a bytea a Buffer, a date a Date at local midnight, an array of an unknown type its text.
 */
type Parse = (text: string) => unknown;

const parseInteger: Parse = (text) => parseInt(text, 10);
const parseJson: Parse = (text) => JSON.parse(text);
const parseBoolean: Parse = (text) => text === "t";
const parseBytes: Parse = (text) => Buffer.from(text.slice(2), "hex");
const keepText: Parse = (text) => text;

/** A type's parser, its oid and the oid of its arrays. */
const types: readonly (readonly [parse: Parse, oid: number | undefined, arrayOid: number])[] = [
  [parseBoolean, 16, 1000],
  [parseBytes, 17, 1001],
  [keepText, 20, 1016],
  [parseInteger, 21, 1005],
  [parseInteger, 23, 1007],
  [parseInteger, 26, 1028],
  [parseFloat, 700, 1021],
  [parseFloat, 701, 1022],
  [parseJson, 114, 199],
  [parseJson, 3802, 3807],
  [parseDate, 1082, 1182],
  [parseDate, 1114, 1115],
  [parseDate, 1184, 1185],
  [parseFloat, undefined, 1231],
  ...[651, 791, 1008, 1009, 1014, 1015, 1040, 1041, 1183, 1270, 2951, 3907].map(
    (arrayOid) => [keepText, undefined, arrayOid] as const,
  ),
];

/** Parsers by the oid of a type. A type without one stays text. */
export const parsers: Readonly<Record<number, Parse>> = Object.fromEntries(
  types.flatMap(([parse, oid, arrayOid]) => [
    ...(oid === undefined ? [] : [[oid, parse] as const]),
    [arrayOid, (text: string) => parseArray(text, parse)] as const,
  ]),
);

/** A bound value as the text that PostgreSQL reads; null stays null. */
export function prepareValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "object") return String(value);
  if (ArrayBuffer.isView(value)) return `\\x${toBuffer(value).toString("hex")}`;
  if (value instanceof Date) return formatDate(value);
  if (Array.isArray(value)) return formatArray(value);
  return hasOwnForm(value) ? prepareValue(value.toPostgres(prepareValue)) : JSON.stringify(value);
}

/** What `pg` asks objects for before it takes them for JSON. */
interface OwnForm {
  toPostgres(prepare: typeof prepareValue): unknown;
}

function hasOwnForm(value: object): value is OwnForm {
  return "toPostgres" in value && typeof value.toPostgres === "function";
}

function toBuffer({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function formatArray(values: readonly unknown[]): string {
  return `{${values.map((value) => (Array.isArray(value) ? formatArray(value) : formatElement(value))).join(",")}}`;
}

function formatElement(value: unknown): string {
  const text = prepareValue(value);
  return text === null ? "NULL" : `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

/** Local time with its offset: a column without a time zone then keeps the wall clock. */
function formatDate(date: Date): string {
  const year = date.getFullYear();
  const day = [year < 1 ? 1 - year : year, date.getMonth() + 1, date.getDate()].map(padTwo).join("-");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(padTwo).join(":");
  const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
  const offset = formatOffset(-date.getTimezoneOffset());
  const text = `${day.padStart(10, "0")}T${time}.${milliseconds}${offset}`;
  return year < 1 ? `${text} BC` : text;
}

function padTwo(part: number): string {
  return String(part).padStart(2, "0");
}

function formatOffset(minutes: number): string {
  const parts = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${parts.map(padTwo).join(":")}`;
}

const datePattern =
  /^(\d+)-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(\.\d+)?(?:([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?)?)?( BC)?$/;

function parseDate(text: string): Date | number | null {
  const match = datePattern.exec(text);
  if (match === null) return text.endsWith("infinity") ? Number(text.replace("i", "I")) : null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, fraction = 0] = match
    .slice(1, 8)
    .map((part) => Number(part ?? 0));
  const date = [match[12] === undefined ? year : 1 - year, month - 1, day] as const;
  const time = [hour, minute, second, Math.trunc(fraction * 1000)] as const;
  return match[8] === undefined ? createLocalDate(date, time) : createDate(date, time, readOffset(match));
}

type DateParts = readonly [year: number, month: number, day: number];
type TimeParts = readonly [hour: number, minute: number, second: number, milliseconds: number];

/** The year goes in by itself: the constructor takes 0 to 99 for years of the last century. */
function createLocalDate(date: DateParts, time: TimeParts): Date {
  const result = new Date(2000, 0, 1, ...time);
  result.setFullYear(...date);
  return result;
}

function createDate(date: DateParts, time: TimeParts, offsetMilliseconds: number): Date {
  const result = new Date(Date.UTC(2000, 0, 1, ...time));
  result.setUTCFullYear(...date);
  return new Date(result.getTime() - offsetMilliseconds);
}

function readOffset(match: RegExpExecArray): number {
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(9, 12).map((part) => Number(part ?? 0));
  return (match[8] === "-" ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const arrayTokenPattern = /"((?:[^"\\]|\\.)*)"|([^{},"]+)|[{}]/gs;

/** `{1,NULL,"a b",{2}}`, with the bounds that PostgreSQL writes before it when they do not start at 1. */
function parseArray(text: string, parse: Parse): unknown[] {
  const open: unknown[][] = [[]];
  for (const [token, quoted, bare] of text.slice(text.indexOf("{")).matchAll(arrayTokenPattern)) {
    const current = open.at(-1) ?? [];
    if (token === "{") {
      open.push([]);
      current.push(open.at(-1));
    } else if (token === "}") open.pop();
    else if (quoted !== undefined) current.push(parse(quoted.replace(/\\(.)/gs, "$1")));
    else current.push(bare === "NULL" ? null : parse(bare ?? ""));
  }
  // The text of an array begins with its bracket, so the first thing met is a list.
  return open[0]?.[0] as unknown[];
}
