import { randomBytes, randomUUID } from "node:crypto";
import type { AttributeDefault, AttributeDefinition, ValueGenerator } from "../attribute-type.js";

/** What is made in the application: nothing where the database counts. */
export type GeneratedValue = { readonly value: unknown } | undefined;

/** The value that an attribute has where none is given, the same moment for all attributes of a record. */
export function generateValue(given: AttributeDefault | undefined, now: Date): GeneratedValue {
  if (given === undefined || given.kind === "sql") return undefined;
  if (given.kind === "value") return { value: given.value };
  if (given.kind === "function") return { value: given.create() };
  if (given.by === "now") return { value: now };
  if (given.by === "uuidV4") return { value: randomUUID() };
  return given.by === "uuidV7" ? { value: createUuidV7() } : undefined;
}

/** Does the database fill the attribute in where nothing is given? */
export function isFilledByDatabase({ generatedAs, default: given }: AttributeDefinition): boolean {
  if (generatedAs !== undefined || given?.kind === "sql") return true;
  return given?.kind === "generated" && counters.has(given.by);
}

const counters: ReadonlySet<ValueGenerator> = new Set(["increment", "identity", "alwaysIdentity"]);

/** Does the database refuse every value that is given? */
export function isMadeByDatabase(attribute: AttributeDefinition | undefined): boolean {
  const given = attribute?.default;
  if (attribute?.generatedAs !== undefined) return true;
  return given?.kind === "generated" && given.by === "alwaysIdentity";
}

let lastMilliseconds = 0;
let counter = 0;

/**
 * A version 7 UUID: 48 bits of milliseconds, 12 bits that count within one, 62 random bits (RFC 9562, section 5.7 and
 * method 1 of section 6.2). Those made by one process sort in the order in which they were made.
 */
function createUuidV7(): string {
  const milliseconds = Math.max(Date.now(), lastMilliseconds);
  counter = milliseconds === lastMilliseconds ? counter + 1 : randomBytes(2).readUInt16BE() & 0x7ff;
  lastMilliseconds = counter > 0xfff ? milliseconds + 1 : milliseconds;
  if (counter > 0xfff) counter = 0;
  const random = randomBytes(8);
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const time = lastMilliseconds.toString(16).padStart(12, "0");
  const version = (0x7000 | counter).toString(16);
  const rest = random.toString("hex");
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}
