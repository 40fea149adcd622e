import type { AttributeDefinition } from "../attribute-type.js";
import { joinWords } from "../errors/record-words.js";
import { areEqual } from "./compare-values.js";
import type { ActionContext, IssueInput, Mentions, Validation } from "./change.js";

/** What every validation may be told. */
export interface ValidationOptions {
  /** What is said instead. */
  readonly message?: string;
}

/** Something about one name, for which the message and the path are still to come. */
export type Found = Pick<IssueInput, "code" | "message"> | undefined;

export type Field = Pick<AttributeDefinition, "name" | "type" | "sensitive">;

export function findField(context: ActionContext, name: string): Field {
  return context.declarationOf(name) ?? { name, type: { kind: "text" }, sensitive: false };
}

/** What is allowed is said, unless the attribute is sensitive: there it would tell what it must be. */
export function describeOther(
  { name, type, sensitive }: Field,
  value: unknown,
  values: readonly unknown[],
): Found {
  if (values.some((each) => areEqual(type, value, each))) return undefined;
  const code = values.length === 1 ? "attribute.not_equal" : "attribute.not_one_of";
  const list = joinWords(values.map(writeValue), "or");
  return { code, message: sensitive ? `${name} must have another value.` : `${name} must be ${list}.` };
}

export function writeValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "string") return `"${value}"`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** A rule about the form of a value that is given. */
export function checkForm(
  name: string,
  { message }: ValidationOptions,
  check: (value: unknown, field: Field) => Found,
): Validation {
  const applies = (context: ActionContext): boolean =>
    isAsked(context, name) && (context.find(name) ?? null) !== null;
  return describe({ mentions: { fields: [name] }, applies }, (context) =>
    applies(context) ? reword(name, message, check(context.find(name), findField(context, name))) : undefined,
  );
}

/** Is the value part of what is being done, rather than of what was there before? */
export function isAsked(context: ActionContext, name: string): boolean {
  return context.action.kind === "create" || context.isGiven(name) || context.isChanging(name);
}

/** What stands before the options, and their message. */
export function splitOptions<Item extends string | Validation>(
  given: readonly (Item | ValidationOptions)[],
): { readonly items: readonly Item[]; readonly message: string | undefined } {
  const isItem = (each: Item | ValidationOptions): each is Item =>
    typeof each === "string" || typeof each === "function";
  const options = given.find((each): each is ValidationOptions => !isItem(each));
  return { items: given.filter(isItem), message: options?.message };
}

export function reword(attribute: string, message: string | undefined, found: Found): IssueInput | undefined {
  return found && { ...found, attribute, ...(message !== undefined && { message }) };
}

/** A validation with what definitions are checked by, and what `negate` asks. */
export function describe(
  about: { readonly mentions: Mentions; readonly applies?: (context: ActionContext) => boolean },
  validation: (context: ActionContext) => IssueInput | readonly IssueInput[] | undefined,
): Validation {
  return Object.assign(validation, about);
}
