import type { ResourceDefinition } from "../resource-definition.js";

/**
 * Does the failure speak of the resource's table? PostgreSQL names the schema too, by which tables of one name are told
 * apart; a resource without one has its table in the connection's own, whose name nobody knows here.
 */
export function isTableOf(
  { schema, table }: { readonly schema?: string; readonly table?: string },
  resource: ResourceDefinition,
): boolean {
  const isOther = schema !== undefined && resource.schema !== undefined && schema !== resource.schema;
  return table === resource.table && !isOther;
}
