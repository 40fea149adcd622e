import type { AnyAttribute } from "../../../src/runtime/attribute.js";
import {
  bigint,
  binary,
  boolean,
  date,
  datetime,
  decimal,
  enumeration,
  float,
  integer,
  json,
  string,
  text,
  time,
  uuid,
} from "../../../src/runtime/index.js";

/** An attribute, and what a record holds for what is given. */
export interface ValueCase {
  readonly title: string;
  readonly attribute: AnyAttribute;
  readonly values: readonly (readonly [given: unknown, canonical: unknown])[];
}

const same = (...values: readonly unknown[]) => values.map((value) => [value, value] as const);

const id = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0001";
const moment = new Date("2026-11-22T19:00:00.120Z");
const hostileTexts = same(
  "",
  " ",
  'it\'s "quoted" \\ {x,y}',
  "NULL",
  "null",
  "?",
  "$1",
  "123",
  "𝒳é\n\t",
  "'; --",
);

export const valueCases: readonly ValueCase[] = [
  { title: "string", attribute: string(21), values: [...hostileTexts, ...same("😀".repeat(21))] },
  { title: "text", attribute: text(), values: [...hostileTexts, ...same("x".repeat(100_000))] },
  { title: "enum", attribute: enumeration("member", "it's", "NULL"), values: same("member", "it's", "NULL") },
  { title: "integer", attribute: integer(), values: [...same(0, 1, -2147483648, 2147483647), [-0, 0]] },
  {
    title: "bigint",
    attribute: bigint(),
    values: [
      ...same(0n, 9223372036854775807n, -9223372036854775808n, 9007199254740993n),
      [-0, 0n],
      [9007199254740991, 9007199254740991n],
      ["-0012", -12n],
    ],
  },
  {
    title: "float",
    attribute: float(),
    values: [
      ...same(0, 0.1, 1 / 3, -1.5e300, 5e-324, Number.MAX_VALUE, 1.357583708747626e-130, 2 ** 60),
      [-0, 0],
    ],
  },
  {
    title: "decimal with a scale",
    attribute: decimal(12, 2),
    values: [
      ...same("0.00", "12.50", "-9999999999.99", "5298186313.81"),
      ["12", "12.00"],
      ["+007.5", "7.50"],
      ["-0.00", "0.00"],
      ["1.500", "1.50"],
    ],
  },
  { title: "decimal without a scale", attribute: decimal(5), values: [...same("12345", "-1"), ["7.0", "7"]] },
  {
    title: "decimal of any size",
    attribute: decimal(),
    values: [
      ...same("0", "12.5", "-0.000000000001", "1000000000000000000000000", "5.29818631381506"),
      ["1.50", "1.5"],
    ],
  },
  { title: "boolean", attribute: boolean(), values: same(true, false) },
  { title: "uuid", attribute: uuid(), values: [...same(id), [id.toUpperCase(), id]] },
  {
    title: "date",
    attribute: date(),
    values: same(
      "2026-11-22",
      "0001-01-01",
      "0099-12-31",
      "9999-12-31",
      "2024-02-29",
      "2018-11-04",
      "2011-12-30",
    ),
  },
  {
    title: "time",
    attribute: time(),
    values: [
      ...same("00:00:00", "23:59:59.999999", "14:30:00", "14:30:00.5"),
      ["14:30", "14:30:00"],
      ["14:30:00.500", "14:30:00.5"],
      ["14:30:00.000", "14:30:00"],
    ],
  },
  {
    title: "datetime",
    attribute: datetime(),
    values: [
      ...same(
        moment,
        new Date(0),
        new Date("0001-01-01T00:00:00.001Z"),
        new Date("9999-12-31T23:59:59.999Z"),
        new Date("1890-01-01T00:00:00.000Z"),
        new Date("2018-11-04T03:00:00.000Z"),
      ),
      ["2026-11-22T20:00:00.120+01:00", moment],
      ["2026-11-22 19:00:00.120999z", moment],
      ["2026-11-22T13:30-0530", new Date("2026-11-22T19:00:00.000Z")],
    ],
  },
  {
    title: "json",
    attribute: json(),
    values: [
      ...same(
        { a: [1, null, { b: "c d" }], 'q"?': "it's" },
        [],
        {},
        "",
        "123",
        "null",
        "true",
        true,
        false,
        "{}",
      ),
      ...same(0, 123, 1.5, 1e300, 5e-324, 2 ** 60, 1.357583708747626e-130, [0.1, 5e-324, 1e300], [[[]]]),
      [-0, 0],
      [{ a: -0 }, { a: 0 }],
      [JSON.parse('{"__proto__":{"admin":true}}'), JSON.parse('{"__proto__":{"admin":true}}')],
    ],
  },
  {
    title: "binary",
    attribute: binary(),
    values: [
      ...same(new Uint8Array(), new Uint8Array([0, 255, 92, 120])),
      [Buffer.from("abc"), new Uint8Array([97, 98, 99])],
      [new Uint8Array([1, 2, 3, 4]).subarray(1, 3), new Uint8Array([2, 3])],
    ],
  },
  {
    title: "array of text",
    attribute: text().array(),
    values: same(
      [],
      hostileTexts.map(([given]) => given),
      ["a"],
    ),
  },
  { title: "array of string", attribute: string(5).array(), values: same(["a", "b"]) },
  { title: "array of integer", attribute: integer().array(), values: same([1, -2], []) },
  {
    title: "array of bigint",
    attribute: bigint().array(),
    values: [
      ...same([9007199254740993n]),
      [
        [1, "2"],
        [1n, 2n],
      ],
    ],
  },
  { title: "array of float", attribute: float().array(), values: same([0.1, 5e-324, 1e300]) },
  {
    title: "array of decimal",
    attribute: decimal(30, 2).array(),
    values: [
      [
        ["1.5", "1234567890123456789012345678.99"],
        ["1.50", "1234567890123456789012345678.99"],
      ],
    ],
  },
  { title: "array of boolean", attribute: boolean().array(), values: same([true, false]) },
  { title: "array of uuid", attribute: uuid().array(), values: same([id, id]) },
  {
    title: "array of date",
    attribute: date().array(),
    values: same(["2026-11-22", "2011-12-30", "0001-01-01"]),
  },
  { title: "array of time", attribute: time().array(), values: [[["14:30"], ["14:30:00"]]] },
  {
    title: "array of datetime",
    attribute: datetime().array(),
    values: same([moment, new Date("1890-01-01")]),
  },
  {
    title: "array of json",
    attribute: json().array(),
    values: same([{ a: 'x"y' }, [1, [2]], "s", "1", 1, true, []]),
  },
  {
    title: "array of binary",
    attribute: binary().array(),
    values: [
      [
        [Buffer.from("abc"), new Uint8Array()],
        [new Uint8Array([97, 98, 99]), new Uint8Array()],
      ],
    ],
  },
  { title: "array of enum", attribute: enumeration("a b", "c").array(), values: same(["c", "a b"]) },
  {
    title: "array of arrays",
    attribute: integer().array().array(),
    values: same(
      [
        [1, 2],
        [3, 4],
      ],
      [],
    ),
  },
  {
    title: "array of arrays of decimal",
    attribute: decimal(30, 20).array().array(),
    values: same([["0.12345678901234567890"], ["1.00000000000000000000"]]),
  },
];
