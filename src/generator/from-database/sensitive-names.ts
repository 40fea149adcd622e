import type { ColumnSnapshot } from "../../migrations/snapshot.js";
import type { AttributeTypeKind } from "../../runtime/attribute-type.js";
import { splitWords } from "../../support/casing.js";

/** Words whose columns hold what nobody should read in a log. */
const sensitiveWords: ReadonlySet<string> = new Set(
  (
    "password passwords passwd pwd passphrase secret secrets token tokens credential credentials apikey privatekey " +
    "ssn cvv cvc otp pin iban salt mnemonic"
  ).split(" "),
);

/** The same, where it takes two words. */
const sensitivePairs: readonly string[] = [
  "api_key",
  "access_key",
  "private_key",
  "secret_key",
  "signing_key",
  "encryption_key",
  "card_number",
  "social_security",
  "recovery_code",
  "recovery_codes",
];

/** A flag or a date tells no secret, whatever it is called. */
const secretKinds: ReadonlySet<AttributeTypeKind> = new Set(["string", "text", "binary", "json", "array"]);

/**
 * Does a column hold a secret, by its name?
 *
 * @example
 * isSensitive({ name: "password_hash", type: { kind: "text" }, nullable: false }); // true
 * isSensitive({ name: "password_changed_at", type: { kind: "datetime" }, nullable: true }); // false
 */
export function isSensitive({ name, type }: ColumnSnapshot): boolean {
  if (!secretKinds.has(type.kind)) return false;
  const words = splitWords(name);
  const whole = `_${words.join("_")}_`;
  return (
    words.some((word) => sensitiveWords.has(word)) ||
    sensitivePairs.some((pair) => whole.includes(`_${pair}_`))
  );
}
