import type { Draft } from "../changeset/draft.js";
import type { WriteContext } from "../changeset/write-context.js";
import { writeSql } from "../mapping/fragment.js";
import { renderTupleMatch } from "../mapping/tuples.js";
import { sendRows } from "../session/session.js";
import { needsCurrent } from "./needs-current.js";

/**
 * Keeps others from managing the same records until the end of the transaction, before anything of theirs is read or
 * written: two that replace the same list one after the other leave what the later one wanted, not both. The other
 * databases have one writer at a time anyway.
 */
export async function lockParents({ session }: WriteContext, drafts: readonly Draft[]): Promise<void> {
  const locked = drafts.filter(isRead);
  const [first] = locked;
  if (first === undefined || session.database !== "postgres") return;
  const { table } = first;
  const rows = locked.map(({ record }) => table.primaryKey.map(({ name }) => record?.[name]));
  const match = renderTupleMatch(table, table.primaryKey, { rows });
  const keys = table.primaryKey.map(({ column }) => column).join(", ");
  await sendRows(
    session,
    writeSql`select 1 from ${table.table} where ${match} order by ${keys} for no key update`,
  );
}

/** Does it ask what is related to a record that others may be managing too? */
function isRead({ record, managed }: Draft): boolean {
  return (
    record !== undefined &&
    managed.some(
      ({ relationship, rules }) => relationship.kind !== "belongsTo" && needsCurrent(rules, relationship),
    )
  );
}
