import { joinWords } from "../errors/record-words.js";
import type { ActionContext, IssueInput, Mentions, Validation } from "./change.js";
import { describe, splitOptions, type ValidationOptions } from "./validation-parts.js";

type Combined = readonly Validation[] | readonly [...validations: Validation[], options: ValidationOptions];

/**
 * Wants what a validation refuses.
 *
 * @example
 * validations: [negate(attributeEquals("state", "closed"), { message: "A closed account stays as it is." })]
 */
export function negate(validation: Validation, { message }: ValidationOptions = {}): Validation {
  const names = validation.mentions?.fields ?? validation.mentions?.attributes ?? [];
  const [first, ...others] = names;
  const values = others.length === 0 ? "this value" : "these values";
  const words =
    first === undefined ? "This cannot be done as it is." : `${joinWords(names)} may not have ${values}.`;
  const { mentions = {}, applies = () => true } = validation;
  return describe({ mentions, applies }, (context) =>
    !applies(context) || ask(validation, context).length > 0
      ? undefined
      : {
          code: "attribute.refused",
          message: message ?? words,
          ...(first !== undefined && { attribute: first }),
        },
  );
}

/**
 * Wants all of these to hold; with a message it is said once, for all of them.
 *
 * @example
 * validations: [all(present("street"), present("city"), { message: "Give the whole address." })]
 */
export function all(...given: Combined): Validation {
  const { items, message } = splitOptions<Validation>(given);
  return describe(collect(items), (context) => {
    const found = items.flatMap((each) => ask(each, context));
    const [first] = found;
    return message === undefined || first === undefined ? found : [{ ...first, message }];
  });
}

/**
 * Wants at least one of these to hold.
 *
 * @example
 * validations: [any(present("email"), present("phone"), { message: "Give an email address or a phone number." })]
 */
export function any(...given: Combined): Validation {
  const { items, message } = splitOptions<Validation>(given);
  return describe(collect(items), (context) => {
    const found: IssueInput[] = [];
    for (const each of items) {
      const issues = ask(each, context);
      if (issues.length === 0) return undefined;
      found.push(...issues);
    }
    return { code: "attribute.no_alternative", message: message ?? joinMessages(found), path: [] };
  });
}

/** `Either name is required, or phone is required.` */
function joinMessages(issues: readonly IssueInput[]): string {
  const sentences = issues.map(({ message }) => message.replace(/\.$/, ""));
  return sentences.length < 2 ? `${sentences.join("")}.` : `Either ${sentences.join(", or ")}.`;
}

function ask(validation: Validation, context: ActionContext): readonly IssueInput[] {
  const found = validation(context) ?? [];
  return "code" in found ? [found] : found;
}

function collect(validations: readonly Validation[]): Required<Pick<Validation, "mentions" | "applies">> {
  const list = (kind: keyof Mentions): string[] =>
    validations.flatMap(({ mentions }) => mentions?.[kind] ?? []);
  const mentions = { fields: list("fields"), attributes: list("attributes") };
  return { mentions, applies: (context) => validations.some(({ applies }) => applies?.(context) !== false) };
}
