import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { describeReferenceFailure } from "../errors/reference-issues.js";
import { findForeignKeyName, listReferrers, type Referrer } from "../errors/references.js";
import { columnOf, mapTable, type TableMap } from "../mapping/table-map.js";
import { writeSql } from "../mapping/fragment.js";
import { renderTupleMatch, type Tuples } from "../mapping/tuples.js";
import { sendRows, type Session } from "../session/session.js";
import { canAsk } from "./explain-refusal.js";

/** Records that were not deleted: the values of some attributes of each. */
export interface KeptRecords {
  readonly table: TableMap;
  readonly by: readonly string[];
  readonly rows: Tuples;
}

/** SQLite does not say who still refers to a record: they are asked one after the other, once it was refused. */
export async function explainHeld(session: Session, kept: KeptRecords, error: unknown): Promise<unknown> {
  if (!(error instanceof InvalidError) || !canAsk(session)) return error;
  const [issue] = error.issues;
  if (issue?.code !== "reference.held" || issue.path.length > 0) return error;
  const issues = await findHolders(session, kept).catch(() => []);
  return issues.length === 0 ? error : new InvalidError(issues, { cause: error.cause });
}

async function findHolders(session: Session, kept: KeptRecords): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const referrer of listReferrers(kept.table.definition)) {
    if (await isHeldBy(session, kept, referrer)) issues.push(describeHolder(kept.table, referrer));
  }
  return issues;
}

function describeHolder({ definition }: TableMap, { resource, attribute }: Referrer): Issue {
  const constraint = findForeignKeyName(resource, attribute);
  const failure = { kind: "foreignKey", table: resource.table, constraint } as const;
  return describeReferenceFailure(failure, { resource: definition, operation: "destroy" });
}

/** What the database would have removed or cleared by itself holds nothing. */
async function isHeldBy(
  session: Session,
  { table, by, rows }: KeptRecords,
  { resource, attribute }: Referrer,
): Promise<boolean> {
  const back = resource.relationships.find(
    (each) => each.kind === "belongsTo" && each.sourceAttribute === attribute,
  );
  if (
    back?.kind !== "belongsTo" ||
    back.foreignKey === false ||
    back.onDelete === "cascade" ||
    back.onDelete === "nilify"
  )
    return false;
  const holder = mapTable(resource, table.database);
  const columns = by.map((name) => columnOf(table, name));
  const key = columnOf(table, back.destinationAttribute).column;
  const keys = writeSql`select ${key} from ${table.table} where ${renderTupleMatch(table, columns, { rows })}`;
  const { column } = columnOf(holder, attribute);
  const found = writeSql`select 1 from ${holder.table} where ${column} in (${keys}) limit 1`;
  return (await sendRows(session, found)).length > 0;
}
