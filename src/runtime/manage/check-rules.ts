import { usageError, type Problem } from "../../support/problem.js";
import type { TableMap } from "../mapping/table-map.js";
import { findNearestWord } from "../values/nearest-word.js";
import type { ManageReading } from "./manage-item.js";
import { possibleAnswers, type ManageRules } from "./manage-rules.js";

/**
 * Looks whether what the options name is there.
 *
 * @throws AshlarError with everything that is not
 */
export function checkRules(reading: Omit<ManageReading, "issues">): void {
  const problems = [
    ...findWrongAnswers(reading.rules),
    ...findUnknownIdentities(reading),
    ...findUnknownNames(reading),
  ];
  if (problems.length > 0) throw usageError(...problems);
}

function findWrongAnswers(rules: ManageRules): Problem[] {
  // Its keys are known; `Object.entries` makes texts of them.
  const questions = Object.entries(possibleAnswers) as [keyof typeof possibleAnswers, readonly string[]][];
  const wrong = questions.filter(([question, answers]) => !answers.includes(rules[question]));
  return wrong.map(([question, answers]) => ({
    code: "manage.answer.unknown",
    message: `"${rules[question]}" is no answer to ${question}.`,
    hint: `There are ${answers.join(", ")}.`,
  }));
}

function findUnknownIdentities({ destination, rules }: Omit<ManageReading, "issues">): Problem[] {
  const { name: resource, identities, attributes } = destination.definition;
  const unique = attributes.filter((attribute) => attribute.unique).map(({ name }) => name);
  const known = ["primaryKey", ...identities.map(({ name }) => name), ...unique];
  const wrong = (rules.useIdentities ?? []).filter((name) => !known.includes(name));
  return wrong.map((name) => ({
    code: "identity.unknown",
    message: `${resource} has no identity "${name}".`,
    hint: suggest(name, known),
  }));
}

function findUnknownNames({ destination, join, rules }: Omit<ManageReading, "issues">): Problem[] {
  const { joinKeys = [], orderIsKey, valueIsKey } = rules;
  return [
    ...joinKeys.flatMap((name) => findUnknown("joinKeys", name, [join])),
    ...findUnknown("orderIsKey", orderIsKey, [join, destination]),
    ...findUnknown("valueIsKey", valueIsKey, [destination]),
  ];
}

function findUnknown(
  option: string,
  name: string | undefined,
  tables: readonly (TableMap | undefined)[],
): Problem[] {
  const there = tables.filter((table) => table !== undefined);
  if (name === undefined || there.some((table) => table.byName.has(name))) return [];
  const resources = there.map(({ definition }) => definition.name).join(" nor ");
  const known = there.flatMap(({ byName }) => [...byName.keys()]);
  return [
    {
      code: "manage.attribute.unknown",
      message:
        there.length === 0
          ? `${option} names "${name}", but the relationship goes through no join resource.`
          : `${option} names "${name}", which ${resources} does not have.`,
      hint: there.length === 0 ? `Leave ${option} out.` : suggest(name, known),
    },
  ];
}

function suggest(name: string, known: readonly string[]): string {
  const similar = findNearestWord(name, known);
  return similar === undefined ? `There are ${known.join(", ")}.` : `Did you mean ${similar}?`;
}
