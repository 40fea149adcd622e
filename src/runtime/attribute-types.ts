import type { AttributeType } from "./attribute-type.js";
import { Attribute, type AttributeOptions } from "./attribute.js";
import { EnumAttribute } from "./enum-attribute.js";

/** Whatever JSON can say. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * Text of at most `length` characters, 255 where none is given.
 *
 * @example
 * string(80).required();
 */
export function string(length?: number): Attribute<string> {
  return declare(length === undefined ? { kind: "string" } : { kind: "string", length });
}

/**
 * Text of any length.
 *
 * @example
 * text().description("What happened, in full.");
 */
export function text(): Attribute<string> {
  return declare({ kind: "text" });
}

/**
 * A whole number of 32 bits.
 *
 * @example
 * integer().required().default(0);
 */
export function integer(): Attribute<number> {
  return declare({ kind: "integer" });
}

/**
 * A whole number of 64 bits, as a `bigint`: a `number` would lose digits above 2^53.
 *
 * @example
 * bigint().required().default(0n);
 */
export function bigint(): Attribute<bigint> {
  return declare({ kind: "bigint" });
}

/**
 * A floating-point number of 64 bits.
 *
 * @example
 * float(); // records hold number | null
 */
export function float(): Attribute<number> {
  return declare({ kind: "float" });
}

/**
 * An exact decimal number, as a string: a `number` would round it.
 *
 * @param precision digits in all
 * @param scale digits after the point
 * @example
 * decimal(10, 2).required().default("0.00");
 */
export function decimal(precision?: number, scale?: number): Attribute<string> {
  return declare({
    kind: "decimal",
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
  });
}

/**
 * True or false.
 *
 * @example
 * boolean().required().default(false);
 */
export function boolean(): Attribute<boolean> {
  return declare({ kind: "boolean" });
}

/**
 * A UUID, as its 36 characters.
 *
 * @example
 * uuid().required().index();
 */
export function uuid(): Attribute<string> {
  return declare({ kind: "uuid" });
}

/**
 * A day of the calendar, as `"2026-11-22"`: a `Date` would move it with the time zone.
 *
 * @example
 * date().required();
 */
export function date(): Attribute<string> {
  return declare({ kind: "date" });
}

/**
 * A time of day, as `"14:30:00"`.
 *
 * @example
 * time().default("09:00:00");
 */
export function time(): Attribute<string> {
  return declare({ kind: "time" });
}

/**
 * A moment, as a `Date`.
 *
 * @example
 * datetime().required().generated("now");
 */
export function datetime(): Attribute<Date> {
  return declare({ kind: "datetime" });
}

/**
 * A value kept as JSON, parsed when read. The type is a promise of the caller's; nothing checks it at run time.
 *
 * @example
 * json<{ theme: "light" | "dark" }>().default({ theme: "light" });
 */
export function json<Value = JsonValue>(): Attribute<Value> {
  return declare({ kind: "json" });
}

/**
 * Bytes, as a `Uint8Array`.
 *
 * @example
 * binary().sensitive();
 */
export function binary(): Attribute<Uint8Array> {
  return declare({ kind: "binary" });
}

/**
 * One of the given words.
 *
 * @example
 * enumeration("member", "owner").required().default("member");
 */
export function enumeration<const Value extends string>(
  ...values: readonly [Value, ...Value[]]
): EnumAttribute<Value> {
  return new EnumAttribute(buildOptions({ kind: "enum", values: Object.freeze([...values]) }));
}

function declare<Value>(type: AttributeType): Attribute<Value> {
  return new Attribute(buildOptions(type));
}

function buildOptions(type: AttributeType): AttributeOptions {
  return {
    type: Object.freeze(type),
    required: false,
    primaryKey: false,
    unique: false,
    index: false,
    private: false,
    readOnly: false,
    sensitive: false,
    updatedAutomatically: false,
  };
}
