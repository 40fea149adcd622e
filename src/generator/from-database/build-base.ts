import type { ColumnDefault, ColumnSnapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { AttributeDefault, AttributeDefinition, AttributeType } from "../../runtime/attribute-type.js";
import type { ResourceDefinition } from "../../runtime/resource-definition.js";
import { primaryKeyName } from "../../support/constraint-names.js";
import type { AttributeNames } from "./name-attributes.js";
import { isSensitive } from "./sensitive-names.js";

/** A table and what was decided about it. */
export interface BaseContext {
  readonly className: string;
  readonly table: TableSnapshot;
  readonly attributeNames: AttributeNames;
  /** Columns, in the order of the key; of a table without one those that come nearest. */
  readonly key: readonly string[];
  readonly isManaged: boolean;
}

/** The resource of a table with its attributes, before its relationships and indexes. */
export function buildBase({
  className,
  table,
  attributeNames,
  key,
  isManaged,
}: BaseContext): ResourceDefinition {
  const name = (column: string) => attributeNames.get(column) ?? column;
  const keyName = table.primaryKey?.name;
  return {
    ...{ name: className, table: table.name },
    ...(table.schema !== undefined && { schema: table.schema }),
    ...(!isManaged && { managed: false }),
    ...(table.comment !== undefined && { description: table.comment }),
    attributes: sortColumns(table.columns, key).map((column) =>
      buildAttribute(column, name(column.name), key),
    ),
    primaryKey: key.map(name),
    ...(isManaged && keyName === undefined && { primaryKeyConstraint: false }),
    ...(isManaged &&
      keyName !== undefined &&
      keyName !== primaryKeyName(table.name) && { primaryKeyName: keyName }),
    ...{ identities: [], actions: [], relationships: [] },
  };
}

/** The order of the key is that of declaration, so its columns may have to come first. */
function sortColumns(columns: readonly ColumnSnapshot[], key: readonly string[]): readonly ColumnSnapshot[] {
  const declared = columns.filter(({ name }) => key.includes(name)).map(({ name }) => name);
  if (declared.join("\0") === key.join("\0")) return columns;
  const find = (wanted: string) => columns.filter(({ name }) => name === wanted);
  return [...key.flatMap(find), ...columns.filter(({ name }) => !key.includes(name))];
}

function buildAttribute(column: ColumnSnapshot, name: string, key: readonly string[]): AttributeDefinition {
  const { type, generatedAs, virtual, comment } = column;
  const given = column.default && buildDefault(column.default, type);
  const primaryKey = key.includes(column.name);
  return {
    ...{ name, column: column.name, type, primaryKey },
    required: primaryKey || !column.nullable,
    ...{ unique: false, index: false, private: false, updatedAutomatically: false },
    readOnly: generatedAs !== undefined || isMade(given, primaryKey),
    sensitive: isSensitive(column),
    ...(given && { default: given }),
    // Only of a table that is read alone: no resource takes a generated key.
    ...(generatedAs !== undefined && !primaryKey && { generatedAs, ...(virtual && { virtual }) }),
    ...(comment !== undefined && { description: comment }),
  };
}

/** Is the value made rather than given? Nobody numbers rows by hand that the database numbers. */
function isMade(given: AttributeDefault | undefined, primaryKey: boolean): boolean {
  if (given?.kind !== "generated") return false;
  return given.by === "alwaysIdentity" || (primaryKey && given.by !== "now");
}

/** The default in the words of attributes; bytes have no literal there. */
function buildDefault(given: ColumnDefault, type: AttributeType): AttributeDefault | undefined {
  switch (given.kind) {
    case "value":
      return isBinary(type) ? undefined : { kind: "value", value: buildLiteral(given.value, type) };
    case "uuid":
      return { kind: "generated", by: "uuidV4" };
    case "identity":
      return { kind: "generated", by: given.always ? "alwaysIdentity" : "identity" };
    case "now":
    case "increment":
      return { kind: "generated", by: given.kind };
    case "sql":
      return given;
  }
}

function isBinary(type: AttributeType): boolean {
  return type.kind === "array" ? isBinary(type.of) : type.kind === "binary";
}

type Literal = Extract<ColumnDefault, { kind: "value" }>["value"];

/** A value as attributes of the type hold it, where JSON has another form. */
function buildLiteral(value: Literal, type: AttributeType): unknown {
  if (type.kind === "array" && Array.isArray(value)) {
    return value.map((item: Literal) => buildLiteral(item, type.of));
  }
  if (type.kind === "decimal") return String(value);
  if (type.kind === "bigint") return BigInt(String(value));
  return type.kind === "datetime" ? new Date(String(value)) : value;
}
