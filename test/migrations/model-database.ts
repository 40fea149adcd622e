import { applyOperationTo } from "../../src/migrations/apply.js";
import { hasSameContent } from "../../src/migrations/canonical-json.js";
import { diffSchemas } from "../../src/migrations/diff-schemas.js";
import { enumOf, findEnumUses, findEnums } from "../../src/migrations/enum-types.js";
import type { EnumSnapshot, Operation } from "../../src/migrations/operation.js";
import type { ForeignKeySnapshot, Snapshot, TableSnapshot } from "../../src/migrations/snapshot.js";
import { buildTableKey, parseTableKey } from "../../src/migrations/table-key.js";
import { refuseColumnChange } from "./model-columns.js";
import { refuseObjectChange } from "./model-objects.js";

/** What a database has, as far as it refuses operations by it. */
export interface ModelState {
  readonly tables: Map<string, TableSnapshot>;
  readonly schemas: Set<string>;
  readonly enums: Map<string, EnumSnapshot>;
  /** By the name of a key that was added, the foreign keys that came after it: no other can rely on it. */
  readonly reliers: ReadonlyMap<string, readonly ForeignKeySnapshot[]>;
}

/**
 * Carries operations out as a database would, and gives what it is then.
 *
 * @param history what made the schema that it starts from, where that is known
 * @throws Error where a database would refuse one, or where one does not say what is there.
 */
export function runOnModel(
  before: Snapshot,
  operations: readonly Operation[],
  history: readonly Operation[] = [],
): Snapshot {
  const state: ModelState = {
    reliers: findReliers(history),
    tables: new Map(before),
    schemas: new Set(
      diffSchemas(new Map(), before).created.map((operation) =>
        "schema" in operation ? operation.schema : "",
      ),
    ),
    enums: new Map(findEnums(before)),
  };
  for (const operation of operations) {
    const reason = refuse(state, operation);
    if (reason !== undefined) throw new Error(`${reason}: ${JSON.stringify(operation)}`);
    carryOut(state, operation);
  }
  return state.tables;
}

function findReliers(history: readonly Operation[]): ModelState["reliers"] {
  const found = history.flatMap((operation, position) => {
    if (operation.kind !== "addIndex" && operation.kind !== "addPrimaryKey") return [];
    const { name } = operation.kind === "addIndex" ? operation.index : operation.primaryKey;
    return [[name, history.slice(position).flatMap(listForeignKeys)] as const];
  });
  return new Map(found);
}

function listForeignKeys(operation: Operation): readonly ForeignKeySnapshot[] {
  if (operation.kind === "addForeignKey") return [operation.foreignKey];
  return operation.kind === "createTable" ? operation.table.foreignKeys : [];
}

function carryOut(state: ModelState, operation: Operation): void {
  if (operation.kind === "createSchema") state.schemas.add(operation.schema);
  if (operation.kind === "dropSchema") state.schemas.delete(operation.schema);
  if (operation.kind === "createEnum") state.enums.set(operation.type.name, operation.type);
  if (operation.kind === "dropEnum") state.enums.delete(operation.type.name);
  if (operation.kind === "addEnumValues" || operation.kind === "replaceEnum") {
    state.enums.set(operation.after.name, operation.after);
  }
  applyOperationTo(state.tables, operation);
}

/** Why a database refuses the operation, or undefined. */
function refuse(state: ModelState, operation: Operation): string | undefined {
  switch (operation.kind) {
    case "createSchema":
      return state.schemas.has(operation.schema) ? "the schema exists" : undefined;
    case "dropSchema":
      return refuseDropSchema(state, operation.schema);
    case "createEnum":
      return state.enums.has(operation.type.name) ? "the enum type exists" : undefined;
    case "dropEnum":
      return refuseDropEnum(state, operation.type);
    case "addEnumValues":
      return hasSameContent(state.enums.get(operation.before.name), operation.before)
        ? undefined
        : "the enum type is another";
    case "replaceEnum":
      return refuseReplaceEnum(state, operation);
    case "createTable":
      return refuseCreateTable(state, operation.table);
    case "dropTable":
      return refuseDropTable(state, operation.table);
    case "renameTable":
      return refuseRenameTable(state, operation.from, operation.to);
    default:
      return refuseWithin(state, operation);
  }
}

function refuseWithin(
  state: ModelState,
  operation: Exclude<Operation, { readonly table: TableSnapshot }>,
): string | undefined {
  if (!("table" in operation)) return "no such operation";
  const table = state.tables.get(operation.table);
  if (!table) return "the table is missing";
  return refuseColumnChange(state, table, operation) ?? refuseObjectChange(state, table, operation);
}

function refuseDropSchema(state: ModelState, schema: string): string | undefined {
  if (!state.schemas.has(schema)) return "the schema is missing";
  const places = [...state.tables.keys(), ...state.enums.keys()].map(parseTableKey);
  return places.some((place) => place.schema === schema) ? "the schema is not empty" : undefined;
}

function refuseDropEnum(state: ModelState, type: EnumSnapshot): string | undefined {
  if (!hasSameContent(state.enums.get(type.name), type)) return "the enum type is another";
  return findEnumUses(state.tables, type.name).length > 0 ? "the enum type is used" : undefined;
}

function refuseReplaceEnum(
  state: ModelState,
  { before, after, uses }: Extract<Operation, { kind: "replaceEnum" }>,
): string | undefined {
  if (!hasSameContent(state.enums.get(before.name), before)) return "the enum type is another";
  if (!hasSameContent(findEnumUses(state.tables, before.name), uses)) return "the uses are others";
  for (const { table: key, column } of uses) {
    const table = state.tables.get(key);
    if (!table) return "the table of a use is missing";
    const { default: given } = column;
    if (
      given?.kind === "value" &&
      [given.value].flat().some((word) => !after.values.includes(String(word)))
    ) {
      return "a default is no word of the new type";
    }
    const retyped = {
      kind: "alterColumn",
      table: key,
      before: column,
      after: { ...column, type: { kind: "text" } },
    } as const;
    const reason = refuseColumnChange(state, table, retyped);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function refuseCreateTable(state: ModelState, table: TableSnapshot): string | undefined {
  const key = buildTableKey(table);
  if (state.tables.has(key)) return "the table exists";
  if (table.schema !== undefined && !state.schemas.has(table.schema)) return "the schema is missing";
  const { checks: _, ...bare }: TableSnapshot = { ...table, indexes: [], foreignKeys: [] };
  const others = new Map([...state.tables, [key, { ...table, foreignKeys: [], indexes: [] }]]);
  const { primaryKey, foreignKeys, indexes } = table;
  const within = { ...state, tables: others };
  const missing = table.columns.find(
    ({ type }) => enumOf(type) && !hasSameContent(enumOf(type), state.enums.get(enumOf(type)?.name ?? "")),
  );
  if (missing) return "the enum type of a column is missing";
  for (const index of indexes) {
    const reason = refuseObjectChange(within, bare, { kind: "addIndex", table: key, index });
    if (reason !== undefined) return reason;
  }
  if (primaryKey && findNames(state, table).has(primaryKey.name)) return "the name of the key is taken";
  others.set(key, { ...table, foreignKeys: [] });
  for (const foreignKey of foreignKeys) {
    const isOwn = foreignKey.references.table === key;
    if (isOwn && !hasSameContent(foreignKey.references.columns, primaryKey?.columns)) {
      return "the index that the table refers to is made after it";
    }
    const reason = refuseObjectChange(within, bare, { kind: "addForeignKey", table: key, foreignKey });
    if (reason !== undefined) return reason;
  }
  return findNames(state, table).has(table.name) ? "the name of the table is taken" : undefined;
}

function refuseDropTable(state: ModelState, table: TableSnapshot): string | undefined {
  const key = buildTableKey(table);
  const found = state.tables.get(key);
  if (!found) return "the table is missing";
  if (!hasSameContent(found, table)) return "the table is another";
  if (table.statements) return "the table has statements";
  const referring = [...state.tables].filter(([other]) => other !== key);
  return referring.some(([, { foreignKeys }]) =>
    foreignKeys.some(({ references }) => references.table === key),
  )
    ? "other tables refer to the table"
    : undefined;
}

function refuseRenameTable(state: ModelState, from: string, to: string): string | undefined {
  const [old, place] = [parseTableKey(from), parseTableKey(to)];
  if (old.schema !== place.schema && old.name !== place.name) return "it is moved and renamed at once";
  if (!state.tables.has(from)) return "the table is missing";
  if (state.tables.has(to)) return "the table exists";
  if (place.schema !== undefined && !state.schemas.has(place.schema)) return "the schema is missing";
  return findNames(state, place).has(place.name) ? "the name of the table is taken" : undefined;
}

/** The names of tables, keys and indexes in the schema of a table. */
export function findNames(state: ModelState, { schema }: { readonly schema?: string }): ReadonlySet<string> {
  const tables = [...state.tables.values()].filter((table) => table.schema === schema);
  return new Set(
    tables.flatMap(({ name, primaryKey, indexes }) => [
      name,
      ...(primaryKey ? [primaryKey.name] : []),
      ...indexes.map((index) => index.name),
    ]),
  );
}
