import type { OperationOf } from "../operation.js";
import type { ColumnSnapshot } from "../snapshot.js";
import { hasDirectCast } from "./cast.js";
import { hasChangedCheck } from "./check.js";
import { renderColumnType } from "./column-type.js";
import { renderDefault } from "./default.js";
import type { MigrationDatabase } from "./source.js";
import { isPlainColumn, isPlainKey } from "./plain.js";
import { isGeneratedAlike } from "../is-generated-alike.js";
import { isStoredByChoice } from "./sql/type.js";

/** What becomes of a column, for one database. */
export interface ColumnChange {
  readonly table: string;
  readonly before: ColumnSnapshot;
  readonly after: ColumnSnapshot;
  readonly database: MigrationDatabase;
  /** What is another after the change. */
  readonly parts: ChangedParts;
  /** Does the database need to be told how values become of the new type? */
  readonly needsCast: boolean;
  /** SQL that makes a new value of an old one, where it was given. */
  readonly using?: string;
}

interface ChangedParts {
  readonly type: boolean;
  readonly nullable: boolean;
  readonly default: boolean;
  readonly comment: boolean;
  readonly check: boolean;
}

export function buildColumnChange(
  { table, before, after, using }: OperationOf<"alterColumn">,
  database: MigrationDatabase,
): ColumnChange {
  const parts = findChangedParts(before, after, database);
  const needsCast = database === "postgres" && parts.type && !hasDirectCast(before.type, after.type);
  return { table, before, after, database, parts, needsCast, ...(using === undefined ? {} : { using }) };
}

/** Is the change one that Knex's builder has no words for, or would misread? */
export function needsSql({ table, before, after, parts, using }: ColumnChange): boolean {
  const isMade = [before, after].some(
    ({ default: given, generatedAs }) => given?.kind === "identity" || generatedAs !== undefined,
  );
  const isChosen = parts.type && [before, after].some(({ type }) => isStoredByChoice(type));
  const isPlain = isPlainKey(table) && isPlainColumn(before) && isPlainColumn(after);
  return isMade || isChosen || !isPlain || using !== undefined;
}

function findChangedParts(
  before: ColumnSnapshot,
  after: ColumnSnapshot,
  database: MigrationDatabase,
): ChangedParts {
  return {
    type: renderColumnType(before, database) !== renderColumnType(after, database),
    nullable: before.nullable !== after.nullable,
    default:
      renderDefault(before, database) !== renderDefault(after, database) ||
      before.default?.kind !== after.default?.kind ||
      !isGeneratedAlike(before, after),
    // SQLite keeps no comments.
    comment: database === "postgres" && before.comment !== after.comment,
    check: hasChangedCheck(before, after, database),
  };
}
