import type { AttributeType } from "../../../runtime/attribute-type.js";
import { type TypeVisitor, visitType } from "../../../runtime/values/visit-type.js";
import { canonicalType } from "../../../migrations/compare-sql.js";
import type { MigrationDatabase } from "../../../migrations/render/source.js";

export interface SampleRequest {
  /** The type of the column, and what it is before or after the change where that is another. */
  readonly types: readonly AttributeType[];
  readonly database: MigrationDatabase;
  /** The number of the row, from 1. */
  readonly number: number;
  /** Which of several kinds of values: what a check refuses of one it may take of another. */
  readonly flavour: number;
}

/** A value as text that a column takes whatever of its types it has; null for a type that nobody knows. */
export function sampleValue({ types, database, number, flavour }: SampleRequest): string | null {
  const [type] = types.toSorted((one, other) => rank(one) - rank(other));
  if (type === undefined) return null;
  const text = sampleOfType(type, { types, database, number, flavour });
  const isLogical = types.some(({ kind }) => kind === "boolean");
  return isLogical ? (/^(?:1|t|true)$/.test(text ?? "") || number % 2 === 1 ? "1" : "0") : cut(text, types);
}

/** The narrower the type, the earlier: its values fit the others too. */
function rank({ kind }: AttributeType): number {
  return order.indexOf(kind);
}

const order: readonly AttributeType["kind"][] = [
  ...([
    "enum",
    "boolean",
    "date",
    "uuid",
    "time",
    "datetime",
    "integer",
    "bigint",
    "decimal",
    "float",
  ] as const),
  ...(["array", "json", "binary", "string", "text"] as const),
];

function cut(text: string | null, types: readonly AttributeType[]): string | null {
  const lengths = types.flatMap((type) => (type.kind === "string" ? [type.length ?? 255] : []));
  return text === null ? null : text.slice(-Math.min(text.length, ...lengths));
}

type Numbered = Omit<SampleRequest, "types"> & { readonly types: readonly AttributeType[] };

function sampleOfType(type: AttributeType, request: Numbered): string | null {
  const written = type.databaseType === undefined ? "" : canonicalType(type.databaseType);
  const known = writtenSamples.find(([pattern]) => pattern.test(written));
  if (known !== undefined) return known[1](request.number, written);
  return visitType(type, samplesFor(request));
}

type Sample = (number: number, written: string) => string;

/** Types of PostgreSQL for which no attribute has a kind of its own. */
const writtenSamples: readonly (readonly [RegExp, Sample])[] = [
  [/^(?:inet|cidr)$/, (number) => `10.0.0.${number}`],
  [/^macaddr/, (number) => `08:00:2b:01:02:0${number % 10}`],
  [/^money$/, (number) => String(number)],
  [/^interval/, (number) => `${number} days`],
  [/^point$/, (number) => `(${number},1)`],
  [/^(?:int4|int8|num)range$/, (number) => `[${number},${number + 1})`],
  [/^(?:date|ts|tstz)range$/, (number) => `[2026-01-${pad(number)},2026-01-${pad(number + 1)})`],
  [
    /^bit(?: varying)?/,
    (number, written) => number.toString(2).padStart(Number(/\d+/.exec(written)?.[0] ?? 1), "0"),
  ],
  [/^xml$/, (number) => `<a>${number}</a>`],
  [/^hstore$/, (number) => `a=>${number}`],
  [/^ltree$/, (number) => `a.b${number}`],
];

function samplesFor(request: Numbered): TypeVisitor<string | null> {
  const { number, flavour, database } = request;
  const integer = String(integers[flavour % integers.length]?.(number) ?? number);
  const text = texts[flavour % texts.length]?.(number) ?? `a${number}`;
  return {
    string: () => text,
    text: () => text,
    integer: () => integer,
    bigint: () => integer,
    float: () => (flavour === 0 ? `${number}.5` : integer),
    decimal: (type) => sampleDecimal(type, integer),
    boolean: () => String(number % 2),
    uuid: () => `00000000-0000-4000-8000-${String(number + 100 * flavour).padStart(12, "0")}`,
    date: () => `2026-01-${pad(number + flavour)}`,
    time: () => `10:00:${pad(number + flavour)}`,
    datetime: () => `2026-01-${pad(number + flavour)} 10:00:00`,
    json: () => (flavour % 2 === 0 ? `{"a": ${number}}` : "[]"),
    binary: () => (database === "postgres" ? `\\x0${number % 10}` : `a${number}`),
    enum: ({ values }) => sampleWord(values, request),
    array: ({ of }) => sampleArray(of, request),
  };
}

const integers: readonly ((number: number) => number)[] = [
  (number) => number,
  (number) => 10 + number,
  (number) => 100 + number,
  (number) => 1 - number,
  (number) => 1000 + number,
];

const texts: readonly ((number: number) => string)[] = [
  (number) => `a${number}`,
  (number) => `a${number}@example.com`,
  (number) => `A${number}`,
  (number) => `${number}`.padStart(5, "0"),
  (number) => `https://example.com/${number}`,
];

function pad(number: number): string {
  return String((number % 27) + 1).padStart(2, "0");
}

function sampleDecimal(
  { precision, scale = 0 }: Extract<AttributeType, { kind: "decimal" }>,
  integer: string,
): string {
  if (precision !== undefined && precision <= scale) return `0.${integer.replace("-", "").slice(0, scale)}`;
  return precision === undefined || scale > 0
    ? `${integer.slice(-Math.max(1, (precision ?? 9) - scale))}.5`
    : integer;
}

/** A word that the column knows before and after the change. */
function sampleWord(values: readonly string[], { types, number, flavour }: Numbered): string | null {
  const lists = types.flatMap((type) => (type.kind === "enum" ? [type.values] : []));
  const common = values.filter((value) => lists.every((list) => list.includes(value)));
  const words = common.length > 0 ? common : values;
  return words[(number - 1 + flavour) % words.length] ?? null;
}

function sampleArray(of: AttributeType, request: Numbered): string | null {
  const types = request.types.map((type) => (type.kind === "array" ? type.of : type));
  const [narrowest = of] = types.toSorted((one, other) => rank(one) - rank(other));
  const item = sampleOfType(narrowest, { ...request, types });
  if (item === null) return request.database === "postgres" ? "{}" : "[]";
  if (request.database === "sqlite") return JSON.stringify([item]);
  return of.kind === "array" ? `{${item}}` : `{"${item.replace(/["\\]/g, "\\$&")}"}`;
}
