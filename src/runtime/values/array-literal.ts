/** What PostgreSQL reads without quotes; `null` would be NULL. */
const plain = /^(?!null$)[\w.+:-]+$/i;

/**
 * An array as PostgreSQL writes it. A text of ours rather than the driver's own from a JavaScript array: Knex and the
 * drivers differ in what they make of arrays in arrays, and of objects in them.
 *
 * @example
 * writeArrayLiteral(["a b", null, 3n]); // `{"a b",NULL,3}`
 */
export function writeArrayLiteral(elements: readonly unknown[]): string {
  return `{${elements.map(writeElement).join(",")}}`;
}

/** Arrays of arrays are PostgreSQL's own grids; everything else is a bound value. */
function writeElement(element: unknown): string {
  if (element === null) return "NULL";
  if (Array.isArray(element)) return writeArrayLiteral(element);
  const text = Buffer.isBuffer(element) ? `\\x${element.toString("hex")}` : String(element);
  return plain.test(text) ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
