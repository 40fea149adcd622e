import type { SchemaDifference } from "../../migrations/compare.js";
import { buildFill } from "../../migrations/render/fill.js";
import type { Operation } from "../../migrations/operation.js";
import { type AshlarError, failure, isAshlarError } from "../../support/problem.js";
import { stateFile } from "./build-state.js";
import type { Direction } from "./run-migration.js";
import { MigrationRunError } from "./run-migration.js";

/** When something was seen: on which way, for the first time or again. */
export interface Moment {
  readonly direction: Direction;
  readonly again: boolean;
  /** The names of the files; none for all there are. */
  readonly names: readonly string[];
}

const hint = "Nothing was kept. To write it unproved and mend it by hand: --no-proof";
/** Where all that is there was proved, nothing was to be kept. */
const mendingHint =
  "Mend the migration where no other database has run it, else add one. For tables that were there before any migration: npx ashlar gen resources --from-database --baseline";
const shownStatement = 2000;

/** The error for what a migration left behind; undefined where it left what it should. */
export function createDifferenceError(found: readonly string[], moment: Moment): AshlarError | undefined {
  if (found.length === 0) return undefined;
  const problems = found.map((message) => ({
    code: "proof.failed",
    message: `After ${describeMoment(moment)}: ${message}`,
    hint: moment.names.length === 0 ? mendingHint : hint,
  }));
  return failure(...problems);
}

export function listMessages(differences: readonly SchemaDifference[]): readonly string[] {
  return differences.map(({ message }) => message);
}

interface Proved {
  /** Is it all migrations that are there? */
  readonly ofAll?: boolean;
  /** What the migration does, as far as it is known. */
  readonly operations?: readonly Operation[];
}

/** The error for a migration that failed while it ran, or for a proof that nothing could be tried on. */
export function createRunError(error: unknown, { ofAll = false, operations = [] }: Proved = {}): unknown {
  if (!(error instanceof MigrationRunError)) return ofAll ? error : offerNoProof(error);
  const { migration, direction, statement } = error;
  const sent = statement === undefined ? "" : ` The statement was: ${statement.slice(0, shownStatement)}`;
  const what =
    migration === stateFile
      ? "The tables cannot be built on a scratch database"
      : `The migration "${migration}" fails on the way ${direction}`;
  return failure({
    code: "proof.failed",
    message: `${what}: ${describeCause(error)}.${sent}`,
    hint: ofAll ? mendingHint : `${explainAnswer(statement, operations)}${hint}`,
  });
}

/** A text that was typed without its quotes is taken for a column. */
function explainAnswer(statement: string | undefined, operations: readonly Operation[]): string {
  const fill = operations.find((each) => each.kind === "fillColumn" && statement?.includes(buildFill(each)));
  if (fill?.kind !== "fillColumn") return "";
  const typed = `${fill.table}.${fill.column}='${fill.sql.replaceAll("'", "")}'`;
  return `What --fill gives is SQL, in which a text stands in quotes: --fill "${typed}"\n`;
}

/** Without a scratch database there is still the way around it. */
function offerNoProof(error: unknown): unknown {
  if (!isAshlarError(error) || !error.code.startsWith("scratch.")) return error;
  return failure(
    ...error.problems.map(({ hint: own = "", ...problem }) => ({
      ...problem,
      hint: `${own.replace(/\.$/, "")}. Or go without a proof: --no-proof`,
    })),
  );
}

/** What the database, or the migration itself, said, without the statement and a full stop. */
export function describeCause({ cause, message, statement }: MigrationRunError): string {
  if (isAshlarError(cause))
    return cause.problems.map((problem) => problem.message.replace(/\.$/, "")).join(" ");
  const prefix = `${statement ?? ""} - `;
  const own = message.startsWith(prefix)
    ? message.slice(prefix.length)
    : (message.split(" - ").at(-1) ?? message);
  const detail = cause instanceof Error && "detail" in cause ? cause.detail : undefined;
  return typeof detail === "string" ? `${own} (${detail.replace(/\.$/, "")})` : own.replace(/\.$/, "");
}

function describeMoment({ direction, again, names }: Moment): string {
  const files = names.length === 0 ? "all migrations" : names.map((name) => `"${name}"`).join(" and ");
  return direction === "down" ? `taking back ${files}` : `running ${files}${again ? " again" : ""}`;
}
