import type { UnmanagedPart, UnmanagedPartKind } from "../live-schema.js";
import type { AttachedRow, ConstraintRow, IndexRow, RelationRow } from "./catalogue.js";
import { isManageable, keyOf, leadsOutside, type RelationRows } from "./relation.js";
import type { TableRows } from "./table.js";

/** What belongs to a managed table and no snapshot can say. */
export function findParts(
  { relation, constraints, indexes }: TableRows,
  attached: readonly AttachedRow[],
  relations: RelationRows,
): readonly UnmanagedPart[] {
  const table = keyOf(relation);
  const unsaid = constraints.filter((row) => !isManageable(row, relations));
  return [
    ...unsaid.map((row) => describeConstraint(table, row, leadsOutside(row, relations))),
    ...indexes.filter(({ valid }) => !valid).map((row) => describeInvalid(table, row)),
    ...attached.filter((row) => row.table === relation.id).map((row) => describeAttached(table, row)),
    ...(relation.secured ? [describeSecurity(table, relation)] : []),
  ];
}

const constraintKinds: Readonly<Record<string, UnmanagedPartKind>> = {
  c: "check",
  f: "foreign key",
  x: "exclusion constraint",
};

function describeConstraint(table: string, row: ConstraintRow, isOutside: boolean): UnmanagedPart {
  const { name, definition } = row;
  const kind = constraintKinds[row.kind] ?? "check";
  return {
    table,
    kind,
    name,
    sql: `alter table ${quoteKey(table)} add constraint ${quote(name)} ${definition}`,
    why: `The ${kind} "${name}" of "${table}" ${isOutside ? "refers to a table that migrations leave alone" : reasons[kind]}.`,
  };
}

const reasons: Partial<Record<UnmanagedPartKind, string>> = {
  check: "is not inherited, for which a resource has no words",
  "foreign key": "matches in full or sets a default, for which a resource has no words",
  "exclusion constraint": "keeps rows apart, for which a resource has no words",
};

function describeInvalid(table: string, { name, definition }: IndexRow): UnmanagedPart {
  const why = `The index "${name}" of "${table}" is invalid: making it was cut off. Drop it, then make it again.`;
  return { table, kind: "index", name, sql: definition, why };
}

function describeAttached(table: string, { kind, name, definition }: AttachedRow): UnmanagedPart {
  const why = `The ${kind} "${name}" of "${table}" runs code of the database; declare it under "statements" to have migrations make it.`;
  const down = `drop ${kind} ${quote(name)} on ${quoteKey(table)}`;
  return { table, kind, name, sql: definition, down, why };
}

function describeSecurity(table: string, { name }: RelationRow): UnmanagedPart {
  return {
    table,
    kind: "row security",
    name,
    sql: `alter table ${quoteKey(table)} enable row level security`,
    why: `"${table}" has row level security, for which a resource has no words.`,
  };
}

function quoteKey(key: string): string {
  return (key.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [])
    .map((part) => (part.startsWith('"') ? part : quote(part)))
    .join(".");
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
