import { buildTableKey } from "../../../migrations/table-key.js";
import type { UnmanagedKind } from "../live-schema.js";
import type { ConstraintRow, RelationRow } from "./catalogue.js";

/** The tables by their ids. */
export type RelationRows = ReadonlyMap<string, RelationRow>;

export function keyOf({ own, schema, name }: RelationRow): string {
  return buildTableKey(own ? { name } : { schema, name });
}

/** Why migrations leave a table alone; undefined for one that they manage. */
export function findUnmanagedKind(
  relation: RelationRow,
): { readonly kind: UnmanagedKind; readonly why: string } | undefined {
  const kind = findKind(relation);
  return kind && { kind, why: describeWhy(relation, kind) };
}

function findKind({ kind, partition, parents }: RelationRow): UnmanagedKind | undefined {
  if (partition) return "partition";
  if (kind === "r") return parents === null ? undefined : "inheriting table";
  return kinds[kind];
}

const kinds: Readonly<Record<string, UnmanagedKind>> = {
  p: "partitioned table",
  v: "view",
  m: "materialized view",
  f: "foreign table",
};

function describeWhy(relation: RelationRow, kind: UnmanagedKind): string {
  const parents = (relation.parents ?? []).map((parent) => `"${parent}"`).join(" and ");
  const reasons: Partial<Record<UnmanagedKind, string>> = {
    partition: `is a partition of ${parents}, and changes with it`,
    "partitioned table": "is partitioned, which a migration of ashlar cannot make",
    "inheriting table": `inherits from ${parents}, and changes with it`,
    "foreign table": "has its rows in another database",
  };
  return reasons[kind] ?? "is a query, not a table";
}

/** Can a snapshot say all of the constraint? */
export function isManageable(row: ConstraintRow, relations: RelationRows): boolean {
  const { kind, special, ondelete, onupdate } = row;
  return kind !== "x" && !special && ondelete !== "d" && onupdate !== "d" && !leadsOutside(row, relations);
}

/** Does the foreign key refer to a table that migrations do not make? */
export function leadsOutside({ kind, destination }: ConstraintRow, relations: RelationRows): boolean {
  const relation = relations.get(destination ?? "");
  return kind === "f" && (relation === undefined || findUnmanagedKind(relation) !== undefined);
}
