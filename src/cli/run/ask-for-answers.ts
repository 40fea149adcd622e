import type {
  MigrationAnswers,
  PlannedMigration,
  WithheldOperation,
} from "../../migrations/plan-migration.js";
import type { RenameCandidate } from "../../migrations/rename-candidates.js";
import { askForText, askToChoose, askWhetherTo } from "../ask.js";

type Decide = (answers: MigrationAnswers) => PlannedMigration;

/**
 * Asks at the terminal what the resources do not tell, one question after the other, each after what the answers
 * before it have changed: renames first, then every step that would lose something or needs a value.
 *
 * @returns the migration as it is with the answers; what was declined is withheld in it
 */
export async function askForAnswers(given: MigrationAnswers, decide: Decide): Promise<PlannedMigration> {
  const declined = new Set<string>();
  let answers = given;
  for (;;) {
    const migration = decide(answers);
    const [candidate] = migration.questions;
    const step = migration.withheld.find(({ what }) => !declined.has(what));
    if (candidate !== undefined) answers = await askAboutRename(candidate, answers);
    else if (step !== undefined) answers = await askAboutStep(step, answers, declined);
    else return migration;
  }
}

async function askAboutRename(
  candidate: RenameCandidate,
  answers: MigrationAnswers,
): Promise<MigrationAnswers> {
  const { kind, from } = candidate;
  const place = kind === "column" ? ` of "${candidate.table}"` : "";
  const message = `The ${kind} "${from}"${place} is gone. Has it another name now?`;
  const none = "";
  const chosen = await askToChoose(message, [
    ...candidate.to.map((name) => ({ value: name, label: `Yes: "${name}"` })),
    { value: none, label: "No, it is gone, and what is new is new" },
  ]);
  if (chosen === none) {
    const name = kind === "column" ? `${candidate.table}.${from}` : from;
    return { ...answers, dropped: [...answers.dropped, name] };
  }
  const { tables, columns } = answers.renames;
  const renames =
    kind === "column"
      ? { tables, columns: [...columns, { table: candidate.table, from, to: chosen }] }
      : { tables: [...tables, { from, to: chosen }], columns };
  return { ...answers, renames };
}

async function askAboutStep(
  step: WithheldOperation,
  answers: MigrationAnswers,
  declined: Set<string>,
): Promise<MigrationAnswers> {
  declined.add(step.what);
  const flag = findSqlFlag(step);
  if (flag !== undefined) {
    const sql = await askForText(`${step.reason}\n${sqlQuestions[flag]}`);
    if (sql !== "") return withSql(answers, flag, [step.what, sql]);
  }
  const isAllowed = await askWhetherTo(
    flag === undefined ? `${step.reason} Do it?` : "Make the change without SQL?",
  );
  return isAllowed ? { ...answers, allowed: [...answers.allowed, step.what] } : answers;
}

const sqlQuestions = {
  fills: "SQL for the rows that have no value (Enter alone: none):",
  casts: "SQL that makes a new value of the old one (Enter alone: none):",
};

/** Which answer in SQL a step could take. */
function findSqlFlag({ operation }: WithheldOperation): keyof typeof sqlQuestions | undefined {
  if (operation.kind !== "alterColumn") return undefined;
  const { before, after } = operation;
  if (before.nullable && !after.nullable) return "fills";
  return JSON.stringify(before.type) === JSON.stringify(after.type) ? undefined : "casts";
}

function withSql(
  answers: MigrationAnswers,
  flag: keyof typeof sqlQuestions,
  entry: readonly [string, string],
): MigrationAnswers {
  return { ...answers, [flag]: new Map([...answers[flag], entry]) };
}
