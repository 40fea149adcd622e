import type { ResourceDefinition } from "../runtime/resource-definition.js";
import type { Renames } from "./renames.js";
import { buildTableKey, parseTableKey } from "./table-key.js";

/** What resources say that tables and columns were called before. */
export function describeRenames(definitions: readonly ResourceDefinition[]): Renames {
  return {
    tables: distinct(definitions.flatMap(describeTableRenames)),
    columns: distinct(definitions.flatMap(describeColumnRenames)),
  };
}

/** A name without a schema is one of the table's own schema, or one of the connection's that has moved there. */
function describeTableRenames(definition: ResourceDefinition): Renames["tables"] {
  const { renamedFrom, schema } = definition;
  if (renamedFrom === undefined) return [];
  const to = keyOf(definition);
  const given = parseTableKey(renamedFrom);
  const nearby = given.schema === undefined && schema !== undefined ? [{ schema, name: given.name }] : [];
  return [...nearby, given]
    .map(buildTableKey)
    .filter((from) => from !== to)
    .map((from) => ({ from, to }));
}

function describeColumnRenames(definition: ResourceDefinition): Renames["columns"] {
  const table = keyOf(definition);
  return definition.attributes.flatMap(({ column: to, renamedFrom: from }) =>
    from === undefined || from === to ? [] : [{ table, from, to }],
  );
}

function keyOf({ schema, table: name }: ResourceDefinition): string {
  return buildTableKey(schema === undefined ? { name } : { schema, name });
}

/** Resources that share a table may say the same. */
function distinct<Rename extends object>(renames: readonly Rename[]): readonly Rename[] {
  return [...new Map(renames.map((rename) => [JSON.stringify(rename), rename])).values()];
}
