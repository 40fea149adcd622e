import fc from "fast-check";
import { foreignKeyName, indexName, primaryKeyName } from "../../src/support/constraint-names.js";
import type {
  ColumnSnapshot,
  ForeignKeySnapshot,
  IndexSnapshot,
  Snapshot,
  StatementSnapshot,
  TableSnapshot,
} from "../../src/migrations/snapshot.js";
import { buildTableKey } from "../../src/migrations/table-key.js";
import { columnListsWith, type EnumWords, enumWords } from "./arbitrary-columns.js";
import { objectPlans, type ObjectPlan } from "./arbitrary-objects.js";

/** Schemas that every database can have: references go to keys, and to columns of the same type. */
export const snapshots: fc.Arbitrary<Snapshot> = buildSnapshots(undefined);

/** Schemas with all that PostgreSQL has: other schemas, enum types, identities, methods of indexes, statements. */
export const postgresSnapshots: fc.Arbitrary<Snapshot> = enumWords.chain(buildSnapshots);

function buildSnapshots(native: EnumWords | undefined): fc.Arbitrary<Snapshot> {
  return fc
    .subarray(["eggs", "hens", "order", "Farms"])
    .chain((names) => fc.tuple(...names.map((name) => plans(name, names, native))))
    .map((tables) => {
      const built = tables.map((plan) => buildTable(plan, tables));
      return new Map(built.map((table) => [buildTableKey(table), table]));
    });
}

type KeyKind = "uuid" | "integer" | "numbered" | "bigNumbered" | "composite" | "identity";

interface Plan {
  readonly name: string;
  readonly schema: string | undefined;
  readonly comment: string | undefined;
  readonly key: KeyKind;
  /** Has it a number that is unique besides its key? */
  readonly hasCode: boolean;
  readonly columns: readonly ColumnSnapshot[];
  readonly objects: ObjectPlan;
  readonly references: readonly Reference[];
  readonly hasStatement: boolean;
}

interface Reference {
  readonly table: string;
  /** Does it refer to the code, where there is one, rather than to the key? */
  readonly isByCode: boolean;
  readonly rules: Pick<ForeignKeySnapshot, "onDelete" | "onUpdate" | "deferrable">;
}

function plans(name: string, names: readonly string[], native: EnumWords | undefined): fc.Arbitrary<Plan> {
  const isPostgres = native !== undefined;
  const keys: readonly KeyKind[] = ["uuid", "integer", "numbered", "bigNumbered", "composite"];
  return columnListsWith(native).chain((columns) =>
    fc.record({
      name: fc.constant(name),
      schema: isPostgres ? fc.constantFrom(undefined, undefined, "barn") : fc.constant(undefined),
      comment: isPostgres ? fc.constantFrom(undefined, "What's this?") : fc.constant(undefined),
      key: fc.constantFrom(...keys, ...(isPostgres ? (["identity"] as const) : [])),
      hasCode: fc.boolean(),
      columns: fc.constant(columns),
      objects: objectPlans({ table: name, columns, isPostgres }),
      references: fc.uniqueArray(references(names), { selector: ({ table }) => table, maxLength: 2 }),
      hasStatement: isPostgres ? fc.boolean() : fc.constant(false),
    }),
  );
}

function references(names: readonly string[]): fc.Arbitrary<Reference> {
  return fc.record({
    table: fc.constantFrom(...names),
    isByCode: fc.boolean(),
    rules: fc.record(
      {
        onDelete: fc.constantFrom("cascade", "restrict", "set null", "no action"),
        onUpdate: fc.constantFrom("cascade", "restrict", "set null"),
        deferrable: fc.constantFrom("initially immediate", "initially deferred"),
      },
      { requiredKeys: ["onDelete"] },
    ),
  });
}

function buildTable(plan: Plan, plans: readonly Plan[]): TableSnapshot {
  const { name, schema, comment, objects } = plan;
  const built = plan.references.map((reference) => buildReference(name, reference, plans));
  return {
    ...(schema !== undefined && { schema }),
    name,
    ...(comment !== undefined && { comment }),
    columns: [
      ...keyColumns(plan.key),
      ...(plan.hasCode ? [code] : []),
      ...plan.columns,
      ...objects.generated,
      ...built.flatMap(({ columns }) => columns),
    ],
    primaryKey: { name: primaryKeyName(name), columns: keyColumns(plan.key).map((column) => column.name) },
    indexes: [...(plan.hasCode ? [codeIndex(name)] : []), ...objects.indexes],
    foreignKeys: built.map(({ foreignKey }) => foreignKey),
    ...(objects.checks.length > 0 && { checks: objects.checks }),
    ...(plan.hasStatement && { statements: [buildStatement(plan)] }),
  };
}

/** A trigger, by a function that PostgreSQL brings along. */
function buildStatement({ name, schema }: Plan): StatementSnapshot {
  const table = schema === undefined ? `"${name}"` : `"${schema}"."${name}"`;
  const when = `before update on ${table} for each row execute function suppress_redundant_updates_trigger()`;
  return {
    name: "idle",
    up: `create trigger "${name}_idle" ${when}`,
    down: `drop trigger "${name}_idle" on ${table}`,
  };
}

const code: ColumnSnapshot = { name: "code", type: { kind: "integer" }, nullable: false };

function codeIndex(table: string): IndexSnapshot {
  return { name: indexName(table, ["code"]), columns: ["code"], unique: true };
}

function keyColumns(kind: KeyKind): readonly ColumnSnapshot[] {
  const id = { name: "id", nullable: false } as const;
  if (kind === "uuid") return [{ ...id, type: { kind: "uuid" }, default: { kind: "uuid" } }];
  if (kind === "integer") return [{ ...id, type: { kind: "integer" } }];
  if (kind === "numbered") return [{ ...id, type: { kind: "integer" }, default: { kind: "increment" } }];
  if (kind === "bigNumbered") return [{ ...id, type: { kind: "bigint" }, default: { kind: "increment" } }];
  if (kind === "identity") {
    return [{ ...id, type: { kind: "integer" }, default: { kind: "identity", always: false } }];
  }
  return [
    { name: "part", type: { kind: "integer" }, nullable: false },
    { ...id, type: { kind: "uuid" } },
  ];
}

function buildReference(table: string, { table: name, isByCode, rules }: Reference, plans: readonly Plan[]) {
  const plan = plans.find((candidate) => candidate.name === name);
  const key = isByCode && plan?.hasCode ? [code] : keyColumns(plan?.key ?? "uuid");
  const columns = key.map(({ name: part, type }): ColumnSnapshot => ({
    name: `${name}_${part}`,
    type,
    nullable: true,
  }));
  const names = columns.map((column) => column.name);
  const foreignKey: ForeignKeySnapshot = {
    name: foreignKeyName(table, names),
    columns: names,
    references: {
      table: buildTableKey({ name, ...(plan?.schema !== undefined && { schema: plan.schema }) }),
      columns: key.map((column) => column.name),
    },
    ...rules,
  };
  return { columns, foreignKey };
}
