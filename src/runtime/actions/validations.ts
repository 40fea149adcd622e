/**
 * The built-in rules of actions. Each takes names of attributes or of arguments, an argument coming first where both exist,
 * and `{ message }` to say it in other words. What a rule says never holds the value that was given.
 *
 * Rules about the form of a value (`compare`, `match`, `stringLength`, `oneOf`) let null pass, for `present` to decide, and
 * in an update look only at what it changes: a record that was stored before a rule was made can still be changed elsewhere.
 */
import { areEqual } from "./compare-values.js";
import type { ActionContext, Validation } from "./change.js";
import {
  checkForm,
  describe,
  describeOther,
  findField,
  reword,
  splitOptions,
  type Found,
  type ValidationOptions,
} from "./validation-parts.js";

type Named = readonly string[] | readonly [...names: string[], options: ValidationOptions];

/**
 * Refuses null, an empty text and an empty list.
 *
 * @example
 * validations: [present("name", "email"), present("reason", { message: "Say why." })]
 */
export function present(...given: Named): Validation {
  return checkEach(given, (name, context) =>
    isEmpty(context.find(name)) ? { code: "attribute.required", message: `${name} is required.` } : undefined,
  );
}

/**
 * Refuses everything but null, an empty text and an empty list.
 *
 * @example
 * validations: [absent("closedAt")]
 */
export function absent(...given: Named): Validation {
  return checkEach(given, (name, context) =>
    isEmpty(context.find(name))
      ? undefined
      : { code: "attribute.unwanted", message: `${name} has to be left empty.` },
  );
}

/**
 * Wants a text to match a pattern.
 *
 * @example
 * validations: [match("slug", /^[a-z-]+$/, { message: "slug takes small letters and hyphens." })]
 */
export function match(name: string, pattern: RegExp, options: ValidationOptions = {}): Validation {
  // With g or y a pattern begins where its last match ended.
  const whole = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  return checkForm(name, options, (value) =>
    typeof value !== "string" || whole.test(value)
      ? undefined
      : { code: "attribute.no_match", message: `${name} does not have the form that is wanted.` },
  );
}

/**
 * Wants a text to have so many characters.
 *
 * @example
 * validations: [stringLength("name", { min: 2, max: 80 })]
 */
export function stringLength(
  name: string,
  {
    min = 0,
    max = Infinity,
    ...options
  }: ValidationOptions & { readonly min?: number; readonly max?: number },
): Validation {
  return checkForm(name, options, (value) => {
    if (typeof value !== "string") return undefined;
    const { length } = Array.from(value);
    if (length < min)
      return { code: "attribute.too_short", message: `${name} must have at least ${countCharacters(min)}.` };
    if (length <= max) return undefined;
    return { code: "attribute.too_long", message: `${name} may have at most ${countCharacters(max)}.` };
  });
}

/**
 * Wants one of these values.
 *
 * @example
 * validations: [oneOf("size", ["small", "large"])]
 */
export function oneOf(name: string, values: readonly unknown[], options: ValidationOptions = {}): Validation {
  return checkForm(name, options, (value, field) => describeOther(field, value, values));
}

/**
 * Wants an argument to repeat a value, as forms do with passwords. An update that does not give the value needs no repetition.
 *
 * @example
 * validations: [confirm("password", "passwordAgain")]
 */
export function confirm(
  name: string,
  confirmationArgument: string,
  { message }: ValidationOptions = {},
): Validation {
  return describe({ mentions: { fields: [name, confirmationArgument] } }, (context) => {
    if (!context.isGiven(name) && !context.isGiven(confirmationArgument)) return undefined;
    const { type } = findField(context, name);
    if (areEqual(type, context.find(name), context.find(confirmationArgument))) return undefined;
    return {
      code: "attribute.not_confirmed",
      message: message ?? `${confirmationArgument} is not the same as ${name}.`,
      attribute: confirmationArgument,
    };
  });
}

/**
 * Wants an update to make the attribute another than it is, and a create to give it.
 *
 * @example
 * actions: { rename: update({ accept: ["name"], validations: [changing("name")] }) }
 */
export function changing(name: string, { message }: ValidationOptions = {}): Validation {
  return describe({ mentions: { attributes: [name] } }, (context) =>
    context.isChanging(name)
      ? undefined
      : {
          code: "attribute.unchanged",
          message: message ?? `${name} has to be another than it is.`,
          attribute: name,
        },
  );
}

/**
 * Wants this value, whether the input gives it or the record has it.
 *
 * @example
 * actions: { close: destroy({ validations: [attributeEquals("balance", 0)] }) }
 */
export function attributeEquals(name: string, value: unknown, options: ValidationOptions = {}): Validation {
  return attributeIn(name, [value], options);
}

/**
 * Wants one of these values, whether the input gives it or the record has it.
 *
 * @example
 * validations: [attributeIn("state", ["open", "waiting"])]
 */
export function attributeIn(
  name: string,
  values: readonly unknown[],
  { message }: ValidationOptions = {},
): Validation {
  return describe({ mentions: { fields: [name] } }, (context) =>
    reword(name, message, describeOther(findField(context, name), context.find(name), values)),
  );
}

function checkEach(given: Named, check: (name: string, context: ActionContext) => Found): Validation {
  const { items: names, message } = splitOptions<string>(given);
  return describe({ mentions: { fields: names } }, (context) =>
    names.flatMap((name) => reword(name, message, check(name, context)) ?? []),
  );
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

function countCharacters(count: number): string {
  return `${String(count)} character${count === 1 ? "" : "s"}`;
}
