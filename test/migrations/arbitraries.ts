import fc from "fast-check";
import type { AttributeType } from "../../src/runtime/attribute-type.js";
import { foreignKeyName, indexName, primaryKeyName } from "../../src/support/constraint-names.js";
import type {
  ColumnDefault,
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  Snapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";

/** Schemas that every database can have: references go to keys, and to columns of the same type. */
export const snapshots: fc.Arbitrary<Snapshot> = fc
  .subarray(["eggs", "hens", "order", "Farms"])
  .chain((names) => fc.tuple(...names.map((name) => plans(name, names))))
  .map((tables) => new Map(tables.map((plan) => [plan.name, buildTable(plan, tables)])));

type KeyKind = "uuid" | "integer" | "numbered" | "bigNumbered" | "composite";

interface Plan {
  readonly name: string;
  readonly key: KeyKind;
  readonly columns: readonly ColumnSnapshot[];
  readonly indexes: readonly { readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly references: readonly {
    readonly table: string;
    readonly onDelete: ForeignKeySnapshot["onDelete"];
  }[];
}

function plans(name: string, names: readonly string[]): fc.Arbitrary<Plan> {
  return columnLists.chain((columns) =>
    fc.record({
      name: fc.constant(name),
      key: fc.constantFrom<KeyKind>("uuid", "integer", "numbered", "bigNumbered", "composite"),
      columns: fc.constant(columns),
      indexes: indexPlans(columns.map((column) => column.name)),
      references: fc.uniqueArray(
        fc.record({
          table: fc.constantFrom(...names),
          onDelete: fc.constantFrom("cascade", "restrict", "set null", "no action"),
        }),
        { selector: ({ table }) => table, maxLength: 2 },
      ),
    }),
  );
}

function indexPlans(columns: readonly string[]): fc.Arbitrary<Plan["indexes"]> {
  return fc.array(
    fc.record({ columns: fc.shuffledSubarray([...columns, "id"], { minLength: 1 }), unique: fc.boolean() }),
    { maxLength: 2 },
  );
}

const words = fc.constantFrom("open", "it's", "what?", "a\\b", 'say "no"', "größe", "");

const plainTypes = fc.constantFrom<AttributeType>(
  { kind: "string" },
  { kind: "string", length: 20 },
  { kind: "text" },
  { kind: "integer" },
  { kind: "bigint" },
  { kind: "float" },
  { kind: "decimal" },
  { kind: "decimal", precision: 8, scale: 2 },
  { kind: "boolean" },
  { kind: "uuid" },
  { kind: "date" },
  { kind: "time" },
  { kind: "datetime" },
  { kind: "json" },
  { kind: "binary" },
);

const enums = fc
  .uniqueArray(words, { minLength: 1, maxLength: 3 })
  .map((values): AttributeType => ({ kind: "enum", values }));

const types = fc
  .oneof({ withCrossShrink: true }, plainTypes, enums)
  .chain((type) =>
    fc.boolean().map((isArray): AttributeType => (isArray ? { kind: "array", of: type } : type)),
  );

const columnLists = fc.uniqueArray(
  types.chain((type) =>
    fc.record(
      {
        name: fc.constantFrom("name", "size", "select", "givenName"),
        type: fc.constant(type),
        nullable: fc.boolean(),
        default: defaultsOf(type),
        comment: fc.constantFrom("Why?", "It's", "''", 'a "word"'),
      },
      { requiredKeys: ["name", "type", "nullable"] },
    ),
  ),
  { selector: ({ name }) => name, maxLength: 4 },
);

/** A default of the type; types without an interesting one have a list's or none. */
function defaultsOf(type: AttributeType): fc.Arbitrary<ColumnDefault> {
  if (type.kind === "uuid") return fc.constant({ kind: "uuid" });
  if (type.kind === "datetime") return fc.constant({ kind: "now" });
  return valuesOf(type).map((value): ColumnDefault => ({ kind: "value", value }));
}

type Value = Extract<ColumnDefault, { kind: "value" }>["value"];

function valuesOf(type: AttributeType): fc.Arbitrary<Value> {
  if (type.kind === "array") return fc.array(valuesOf(type.of), { maxLength: 2 });
  if (type.kind === "enum") return fc.constantFrom(...type.values);
  if (type.kind === "boolean") return fc.boolean();
  if (type.kind === "json") return fc.record({ word: words, list: fc.array(words, { maxLength: 2 }) });
  if (type.kind === "string" || type.kind === "text") return words;
  return fc.constantFrom(...(fixedValues[type.kind] ?? [7]));
}

const fixedValues: Partial<Record<AttributeType["kind"], readonly string[]>> = {
  bigint: ["9007199254740993"],
  uuid: ["0b7c3a52-54a0-4d0a-8b0e-3a54e1f0a001"],
  date: ["2026-11-22"],
  time: ["19:00:00"],
  datetime: ["2026-11-22T19:00:00.000Z"],
  binary: ["bytes"],
};

function buildTable(plan: Plan, plans: readonly Plan[]): TableSnapshot {
  const { name } = plan;
  const references = plan.references.map(({ table, onDelete }) =>
    buildReference(name, table, onDelete, plans),
  );
  return {
    name,
    columns: [...keyColumns(plan.key), ...plan.columns, ...references.flatMap(({ columns }) => columns)],
    primaryKey: { name: primaryKeyName(name), columns: keyColumns(plan.key).map((column) => column.name) },
    indexes: distinct(
      plan.indexes.map(({ columns, unique }) => ({ name: indexName(name, columns), columns, unique })),
    ),
    foreignKeys: references.map(({ foreignKey }) => foreignKey),
  };
}

function distinct(indexes: readonly IndexSnapshot[]): readonly IndexSnapshot[] {
  return [...new Map(indexes.map((index) => [index.name, index])).values()];
}

function keyColumns(kind: KeyKind): readonly ColumnSnapshot[] {
  const id = { name: "id", nullable: false } as const;
  if (kind === "uuid") return [{ ...id, type: { kind: "uuid" }, default: { kind: "uuid" } }];
  if (kind === "integer") return [{ ...id, type: { kind: "integer" } }];
  if (kind === "numbered") return [{ ...id, type: { kind: "integer" }, default: { kind: "increment" } }];
  if (kind === "bigNumbered") return [{ ...id, type: { kind: "bigint" }, default: { kind: "increment" } }];
  return [
    { name: "part", type: { kind: "integer" }, nullable: false },
    { ...id, type: { kind: "uuid" } },
  ];
}

function buildReference(
  table: string,
  destination: string,
  onDelete: ForeignKeySnapshot["onDelete"],
  plans: readonly Plan[],
) {
  const key = keyColumns(plans.find(({ name }) => name === destination)?.key ?? "uuid");
  const columns = key.map(({ name, type }): ColumnSnapshot => ({
    name: `${destination}_${name}`,
    type,
    nullable: true,
  }));
  const names = columns.map(({ name }) => name);
  const foreignKey: ForeignKeySnapshot = {
    name: foreignKeyName(table, names),
    columns: names,
    references: { table: destination, columns: key.map(({ name }) => name) },
    onDelete,
  };
  return { columns, foreignKey };
}
