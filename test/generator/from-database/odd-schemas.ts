import { fc } from "../../fast-check.js";
import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  TableSnapshot,
} from "../../../src/migrations/snapshot.js";
import { foreignKeyName, indexName, primaryKeyName } from "../../../src/support/constraint-names.js";
import { buildTableKey } from "../../../src/support/table-key.js";

const tableNames = [
  ...[
    "users",
    "User",
    "people",
    "person",
    "user_tasks",
    "order lines",
    "größe",
    "2020",
    "名前",
    "class",
    "Date",
  ],
  ...['a"b', "a.b", "sheep", "billing-data", "then", "example", "%"],
];

const columnNames = [
  ...[
    "user_id",
    "userId",
    "User ID",
    "user",
    "parent_id",
    "then",
    "constructor",
    "and",
    "naïve?",
    "2fa",
    "名",
  ],
  ...[
    "a.b",
    "line_1",
    "line1",
    "password",
    "__proto__",
    "$join",
    'quo"ted',
    "has_own_property",
    "users",
    "tasks",
  ],
  ...["inserted_at", "updated_at", "`", "${x}", "\\"],
];

interface OddTable {
  readonly name: string;
  readonly schema: string | undefined;
  readonly columns: readonly string[];
  readonly key: "id" | "composite" | "reversed" | "none";
  readonly hasOwnNames: boolean;
  readonly references: readonly {
    readonly column: number;
    readonly table: number;
    readonly isIndexed: boolean;
  }[];
  readonly uniques: readonly (readonly number[])[];
  readonly plains: readonly (readonly number[])[];
  readonly where: string | undefined;
  readonly isConstraint: boolean;
}

const index = fc.nat(20);
const columnLists = fc.array(fc.uniqueArray(index, { minLength: 1, maxLength: 2 }), { maxLength: 2 });

const oddTables: fc.Arbitrary<OddTable> = fc.record({
  name: fc.constantFrom(...tableNames),
  schema: fc.constantFrom(undefined, undefined, "odd schema"),
  columns: fc.uniqueArray(fc.constantFrom(...columnNames), { minLength: 2, maxLength: 6 }),
  key: fc.constantFrom("id", "id", "composite", "reversed", "none"),
  hasOwnNames: fc.boolean(),
  references: fc.array(fc.record({ column: index, table: index, isIndexed: fc.boolean() }), { maxLength: 3 }),
  uniques: columnLists,
  plains: columnLists,
  where: fc.constantFrom(undefined, "1 = 1"),
  isConstraint: fc.boolean(),
});

/** Tables whose names collide, hold what no identifier may, and refer to each other in every way. */
export const oddSchemas: fc.Arbitrary<readonly TableSnapshot[]> = fc
  .uniqueArray(oddTables, { minLength: 1, maxLength: 5, selector: ({ name, schema }) => `${schema}.${name}` })
  .map((tables) => tables.map((each, position) => build(each, position, tables)));

function build(odd: OddTable, position: number, tables: readonly OddTable[]): TableSnapshot {
  const { name, schema, columns, hasOwnNames } = odd;
  const foreignKeys = buildForeignKeys(odd, position, tables);
  const key = findKey(odd);
  return {
    ...(schema !== undefined && { schema }),
    name,
    columns: [...(odd.key === "id" ? ["id"] : []), ...columns].map((column) => buildColumn(column, key)),
    ...(key.length > 0 && {
      primaryKey: { name: hasOwnNames ? `odd key ${position}` : primaryKeyName(name), columns: key },
    }),
    indexes: buildIndexes(odd, position, foreignKeys),
    foreignKeys,
  };
}

function findKey({ key, columns }: OddTable): readonly string[] {
  if (key === "id") return ["id"];
  if (key === "none") return [];
  return key === "composite" ? columns.slice(0, 2) : columns.slice(0, 2).toReversed();
}

function buildColumn(name: string, key: readonly string[]): ColumnSnapshot {
  if (name.endsWith("_at"))
    return { name, type: { kind: "datetime" }, nullable: false, default: { kind: "now" } };
  if (name === "password") return { name, type: { kind: "text" }, nullable: !key.includes(name) };
  return { name, type: { kind: "integer" }, nullable: !key.includes(name) };
}

function buildForeignKeys(
  odd: OddTable,
  position: number,
  tables: readonly OddTable[],
): readonly ForeignKeySnapshot[] {
  return odd.references.flatMap((reference, number) => {
    const target = tables[reference.table % tables.length];
    const column = odd.columns[reference.column % odd.columns.length];
    if (target?.key !== "id" || column === undefined) return [];
    const isOwn = odd.hasOwnNames || odd.references.length > 1;
    const foreignKey: ForeignKeySnapshot = {
      name: isOwn ? `odd fk ${position} ${number}` : foreignKeyName(odd.name, [column]),
      columns: [column],
      references: {
        table: buildTableKey({
          name: target.name,
          ...(target.schema !== undefined && { schema: target.schema }),
        }),
        columns: ["id"],
      },
      onDelete: "cascade",
    };
    return [foreignKey];
  });
}

function buildIndexes(
  odd: OddTable,
  position: number,
  foreignKeys: readonly ForeignKeySnapshot[],
): readonly IndexSnapshot[] {
  const pick = (list: readonly number[]) => [
    ...new Set(list.map((at) => odd.columns[at % odd.columns.length] ?? "")),
  ];
  const indexed = foreignKeys.filter((_, number) => odd.references[number]?.isIndexed);
  const own = [...new Set(indexed.map(({ columns }) => columns[0] ?? ""))].map((column): IndexSnapshot => ({
    name: indexName(`${odd.name}`, [column]),
    columns: [column],
    unique: false,
  }));
  const uniques = odd.uniques.map((list, number): IndexSnapshot => ({
    ...{ name: `odd unique ${position} ${number}`, columns: pick(list), unique: true },
    ...(odd.isConstraint ? { constraint: true } : odd.where !== undefined && { where: odd.where }),
  }));
  const plains = odd.plains.map((list, number): IndexSnapshot => ({
    name: `odd index ${position} ${number}`,
    columns: pick(list),
    unique: false,
  }));
  // Two schemas may have tables of one name, whose indexes then have others.
  return [...(odd.schema === undefined ? own : []), ...uniques, ...plains];
}
