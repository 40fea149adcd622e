import { usageError } from "../../support/problem.js";
import type { ManageOptions, ManageType, OnLookup, OnMatch, OnMissing, OnNoMatch } from "./manage-options.js";

/** What the options of a managed relationship come to. */
export interface ManageRules extends Omit<ManageOptions, "type"> {
  readonly onLookup: OnLookup;
  readonly onNoMatch: OnNoMatch;
  readonly onMatch: OnMatch;
  readonly onMissing: OnMissing;
  readonly onDuplicate: "ignore" | "error";
}

type Answers = Pick<ManageRules, "onLookup" | "onNoMatch" | "onMatch" | "onMissing">;

const answers: Record<ManageType, Answers> = {
  append: { onLookup: "relate", onNoMatch: "error", onMatch: "ignore", onMissing: "ignore" },
  append_and_remove: { onLookup: "relate", onNoMatch: "error", onMatch: "ignore", onMissing: "unrelate" },
  remove: { onLookup: "ignore", onNoMatch: "error", onMatch: "unrelate", onMissing: "ignore" },
  direct_control: { onLookup: "ignore", onNoMatch: "create", onMatch: "update", onMissing: "destroy" },
  create: { onLookup: "ignore", onNoMatch: "create", onMatch: "ignore", onMissing: "ignore" },
};

/** Every answer to each question. */
export const possibleAnswers: { readonly [Question in keyof Answers]: readonly Answers[Question][] } = {
  onLookup: ["ignore", "relate", "relate_and_update"],
  onNoMatch: ["ignore", "create", "error"],
  onMatch: ["ignore", "update", "update_join", "unrelate", "destroy", "error", "no_match", "missing"],
  onMissing: ["ignore", "unrelate", "destroy", "error"],
};

const none: Answers = { onLookup: "ignore", onNoMatch: "ignore", onMatch: "ignore", onMissing: "ignore" };

/**
 * The answers of a type, each replaced by one that is given by itself.
 *
 * @throws AshlarError where neither a type nor an answer is given, or one that does not exist
 */
export function resolveRules({ type, ...options }: ManageOptions): ManageRules {
  // Without what is undefined they say the same.
  const given = Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as typeof options;
  const isSilent = [given.onLookup, given.onNoMatch, given.onMatch, given.onMissing].every(
    (answer) => answer === undefined,
  );
  if (type === undefined && isSilent) throw createSilentError();
  if (type !== undefined && !Object.hasOwn(answers, type)) throw createTypeError(type);
  return { onDuplicate: "ignore", ...(type === undefined ? none : answers[type]), ...given };
}

function createSilentError(): Error {
  return usageError({
    code: "manage.type.missing",
    message: "Nothing says how the relationship is to be managed, so nothing would happen.",
    hint: `Give a type: ${Object.keys(answers).join(", ")}; or onLookup, onNoMatch, onMatch, onMissing.`,
  });
}

function createTypeError(type: string): Error {
  return usageError({
    code: "manage.type.unknown",
    message: `"${type}" is no type of managing a relationship.`,
    hint: `There are ${Object.keys(answers).join(", ")}.`,
  });
}
