import type { OperationOf } from "../operation.js";
import type { ColumnSnapshot } from "../snapshot.js";
import { hasDirectCast } from "./cast.js";
import { hasChangedCheck } from "./check.js";
import { renderColumnType } from "./column-type.js";
import { renderDefault } from "./default.js";
import type { MigrationDatabase } from "./source.js";
import { isNumbered } from "./table.js";

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
}

interface ChangedParts {
  readonly type: boolean;
  readonly nullable: boolean;
  readonly default: boolean;
  readonly comment: boolean;
  readonly check: boolean;
}

export function buildColumnChange(
  { table, before, after }: OperationOf<"alterColumn">,
  database: MigrationDatabase,
): ColumnChange {
  const parts = findChangedParts(before, after, database);
  const needsCast = database === "postgres" && parts.type && !hasDirectCast(before.type, after.type);
  return { table, before, after, database, parts, needsCast };
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
      isNumbered(before) !== isNumbered(after),
    // SQLite keeps no comments.
    comment: database === "postgres" && before.comment !== after.comment,
    check: hasChangedCheck(before, after, database),
  };
}
