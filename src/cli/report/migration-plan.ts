import type { Proof } from "../../host/prove/proof.js";
import type { PlannedMigration } from "../../migrations/plan-migration.js";
import type { Extras } from "../generate.js";
import type { Colors, Terminal } from "../terminal.js";
import { formatDuration } from "./duration.js";
import { describeOperation } from "./operation.js";

export interface MadeMigration {
  readonly migration: PlannedMigration;
  readonly proof: Proof | undefined;
  readonly showSql: boolean;
}

/** More steps than these are counted. */
const shownSteps = 40;

/** What a migration does step by step, what its proof saw, and its statements, for people and for programs. */
export function renderExtras({ migration, proof, showSql }: MadeMigration, { data }: Terminal): Extras {
  const { operations, withheld, questions } = migration;
  const { colors } = data;
  const blocks = [
    renderSteps(migration, colors),
    proof === undefined ? "" : renderProof(proof, colors),
    showSql && proof !== undefined ? renderStatements(proof, colors) : "",
  ];
  return {
    text: blocks.filter((block) => block !== "").join(""),
    json: { operations, withheld, questions, ...(proof && { proof }) },
    isPending: operations.length + withheld.length + questions.length > 0,
  };
}

function renderSteps({ operations }: PlannedMigration, { dim }: Colors): string {
  if (operations.length === 0) return "";
  const lines = operations.slice(0, shownSteps).map((operation) => describeOperation(operation));
  const more = operations.length - lines.length;
  const all = more > 0 ? [...lines, `and ${more} more`] : lines;
  return `${all.map((line) => `            ${dim(line)}\n`).join("")}\n`;
}

const places: Readonly<Record<Proof["kind"], string>> = {
  server: "the PostgreSQL server",
  embedded: "an embedded PostgreSQL",
  pglite: "PGlite",
  sqlite: "SQLite",
};

/** What the proof of a migration saw. */
export function renderProof({ kind, steps, rows, notices }: Proof, { green, dim }: Colors): string {
  const total = steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const counted = rows === 1 ? "1 row" : `${rows} rows`;
  const summary = `up, down and up again on ${places[kind]}, with ${counted}`;
  const details = steps.map(({ what, milliseconds }) => `${what} ${formatDuration(milliseconds)}`).join(", ");
  const lines = [
    `${green("proved".padStart(10))}  ${summary}  ${dim(formatDuration(total))}`,
    `            ${dim(details)}`,
    ...notices.map((notice) => `            ${dim(notice)}`),
  ];
  return `${lines.join("\n")}\n\n`;
}

function renderStatements({ statements }: Proof, { bold }: Colors): string {
  const render = (title: string, list: readonly string[]) =>
    [`  ${bold(title)}`, "", ...list.map((sql) => `${sql.replace(/;?\s*$/, "")};`), ""].join("\n");
  return `${render("up", statements.up)}\n${render("down", statements.down)}\n`;
}
