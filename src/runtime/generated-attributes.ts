import { datetime, integer, uuid } from "./attribute-types.js";
import type { Attribute } from "./attribute.js";

/** A primary key that nobody gives: generated, read-only. */
export type GeneratedKey<Value> = Attribute<Value, "required" | "primaryKey" | "default" | "readOnly">;

/** A moment that nobody gives: generated, read-only. */
export type GeneratedDatetime = Attribute<Date, "required" | "default" | "readOnly">;

/**
 * A primary key of random UUIDs (version 4).
 *
 * @example
 * attributes: { id: uuidPrimaryKey() }
 */
export function uuidPrimaryKey(): GeneratedKey<string> {
  return uuid().primaryKey().generated("uuidV4").readOnly();
}

/**
 * A primary key of UUIDs that sort by the time they were made (version 7): kinder to indexes than version 4.
 *
 * @example
 * attributes: { id: uuidV7PrimaryKey() }
 */
export function uuidV7PrimaryKey(): GeneratedKey<string> {
  return uuid().primaryKey().generated("uuidV7").readOnly();
}

/**
 * A primary key counted up by the database.
 *
 * @example
 * attributes: { id: integerPrimaryKey() }
 */
export function integerPrimaryKey(): GeneratedKey<number> {
  return integer().primaryKey().generated("increment").readOnly();
}

/** What `timestamps()` adds. */
export interface Timestamps {
  readonly insertedAt: GeneratedDatetime;
  readonly updatedAt: GeneratedDatetime;
}

/** What `timestamps("snake_case")` adds. */
export interface SnakeCaseTimestamps {
  readonly inserted_at: GeneratedDatetime;
  readonly updated_at: GeneratedDatetime;
}

/**
 * When a record was made and when it was last changed: `insertedAt` and `updatedAt`, or `inserted_at` and
 * `updated_at` in projects that spell attributes so.
 *
 * @example
 * attributes: { id: uuidPrimaryKey(), ...timestamps() }
 * attributes: { id: uuidPrimaryKey(), ...timestamps("snake_case") }
 */
export function timestamps(attributeCase?: "camelCase"): Timestamps;
export function timestamps(attributeCase: "snake_case"): SnakeCaseTimestamps;
export function timestamps(
  attributeCase: "camelCase" | "snake_case" = "camelCase",
): Timestamps | SnakeCaseTimestamps {
  const made = datetime().required().generated("now").readOnly();
  const changed = made.updatedAutomatically();
  return attributeCase === "camelCase"
    ? { insertedAt: made, updatedAt: changed }
    : { inserted_at: made, updated_at: changed };
}
