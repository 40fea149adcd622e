import { fc } from "../fast-check.js";
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

/** A schema and the next: one without anything in common with it, or one in which most of it has stayed. */
export type Pair = readonly [before: Snapshot, after: Snapshot];

export const pairs: fc.Arbitrary<Pair> = fc.oneof(fc.tuple(snapshots, snapshots), buildPairs(undefined));

export const postgresPairs: fc.Arbitrary<Pair> = fc.oneof(
  fc.tuple(postgresSnapshots, postgresSnapshots),
  enumWords.chain(buildPairs),
);

function buildSnapshots(native: EnumWords | undefined): fc.Arbitrary<Snapshot> {
  return tableNames()
    .chain((names) => fc.tuple(...names.map((name) => plans(name, names, native))))
    .map(buildSnapshot);
}

function buildPairs(native: EnumWords | undefined): fc.Arbitrary<Pair> {
  return tableNames()
    .chain((names) => fc.tuple(...names.map((name) => planPairs(name, names, native))))
    .chain((found) => fc.tuple(fc.constant(found), fc.boolean()))
    .map(([found, isBackwards]) => {
      const before = buildSnapshot(found.map((plan) => plan.before));
      const after = buildSnapshot(found.flatMap((plan) => plan.after ?? []));
      return isBackwards ? [after, before] : [before, after];
    });
}

function tableNames(): fc.Arbitrary<readonly string[]> {
  return fc.subarray(["eggs", "hens", "order", "Farms"]);
}

function buildSnapshot(tables: readonly Plan[]): Snapshot {
  const built = tables.map((plan) => buildTable(plan, tables));
  return new Map(built.map((table) => [buildTableKey(table), table]));
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

interface PlanPair {
  readonly before: Plan;
  /** Missing where the table goes. */
  readonly after: Plan | undefined;
}

const facets = ["schema", "comment", "key", "hasCode", "references", "hasStatement"] as const;

/** A table and the same with a few things of another: what was not taken from there has to survive. */
function planPairs(
  name: string,
  names: readonly string[],
  native: EnumWords | undefined,
): fc.Arbitrary<PlanPair> {
  const plan = plans(name, names, native);
  return fc
    .record({
      before: plan,
      other: plan,
      goes: fc.constantFrom(true, false, false, false),
      changed: fc.subarray([...facets], { maxLength: 2 }),
      columns: fc.constantFrom("same", "more", "other"),
    })
    .map(({ before, other, goes, changed, columns }) => {
      const taken = Object.fromEntries(changed.map((facet) => [facet, other[facet]]));
      const after = { ...before, ...taken, ...chooseColumns(before, other, columns) };
      return { before, after: goes ? undefined : after };
    });
}

function chooseColumns(
  before: Plan,
  other: Plan,
  choice: "same" | "more" | "other",
): Pick<Plan, "columns" | "objects"> {
  if (choice === "other") return { columns: other.columns, objects: other.objects };
  const names = new Set(before.columns.map((column) => column.name));
  const more = choice === "more" ? other.columns.filter((column) => !names.has(column.name)) : [];
  return { columns: [...before.columns, ...more], objects: before.objects };
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
  const known = plan.references.filter(({ table }) => plans.some((other) => other.name === table));
  const built = known.map((reference) => buildReference(name, reference, plans));
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
