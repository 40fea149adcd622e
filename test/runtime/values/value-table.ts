import type { AnyAttribute } from "../../../src/runtime/attribute.js";
import type { AttributeDefinition } from "../../../src/runtime/attribute-type.js";
import { createBinding } from "../../../src/runtime/values/binding.js";
import type { DatabaseKind } from "../../../src/runtime/values/database.js";
import { bindList, unnestType } from "../../../src/runtime/values/list-binding.js";
import { selectedSql } from "../../../src/runtime/values/selected-sql.js";
import { createStoredCast } from "../../../src/runtime/values/stored-cast.js";
import { diffSnapshots } from "../../../src/migrations/diff.js";
import type { TestDatabase } from "../../databases/engines.js";
import { prepareMigration } from "../../migrations/run-migration.js";

/** What `resource` makes of an attribute named `given`. */
export function define(attribute: AnyAttribute): AttributeDefinition {
  return { ...attribute.options, name: "given", column: "given" };
}

/** A table with a number and one column, made as migrations make it. */
export interface ValueTable {
  write(values: readonly unknown[]): Promise<void>;
  /** The canonical values as they come back, in the same order; the table is empty again. */
  writeAndRead(values: readonly unknown[]): Promise<unknown[]>;
  /** The same, where the values are written as one list. */
  writeListAndRead(values: readonly unknown[]): Promise<unknown[]>;
  /** What a statement of others left: the expression is SQL. */
  readExpression(sql: string): Promise<unknown>;
  /** How many rows hold the value. */
  count(value: unknown): Promise<number>;
  /** How many rows hold one of the values. */
  countAny(values: readonly unknown[]): Promise<number>;
}

let tables = 0;

export async function createValueTable(
  database: TestDatabase,
  { type }: AttributeDefinition,
): Promise<ValueTable> {
  const name = `values_${(tables += 1)}`;
  const kind: DatabaseKind = database.kind === "sqlite" ? "sqlite" : "postgres";
  const { knex } = database;
  const columns = [
    { name: "number", type: { kind: "integer" }, nullable: false },
    { name: "given", type, nullable: true },
  ] as const;
  const table = { name, columns, indexes: [], foreignKeys: [] };
  await (await prepareMigration(database, diffSnapshots(new Map(), new Map([[name, table]])))).up();

  const bind = createBinding(type, kind) ?? ((value: unknown) => value);
  const cast = createStoredCast(type, kind) ?? ((stored: unknown) => stored);
  const read = async (): Promise<unknown[]> => {
    const selected = selectedSql(type, kind)?.('"given"') ?? '"given"';
    const rows: { given: unknown }[] = await knex(name)
      .select(knex.raw(`${selected} as "given"`))
      .orderBy("number");
    await knex(name).delete();
    return rows.map(({ given }) => (given === null ? null : cast(given)));
  };
  const parameter = unnestType(type);
  const listed = kind === "sqlite" ? "value" : castTo("value", parameter.cast);
  const source = kind === "sqlite" ? "json_each(?)" : `unnest(?::${parameter.parameter}) as listed(value)`;

  const write = async (values: readonly unknown[]): Promise<void> => {
    const rows = values.map((value, number) => ({ number, given: value === null ? null : bind(value) }));
    await knex(name).insert<unknown>(rows);
  };

  return {
    write,
    async writeAndRead(values) {
      await write(values);
      return read();
    },
    async writeListAndRead(values) {
      const list = bindList(type, values, kind) as string;
      await knex.raw(
        `insert into ${name} ("number", "given") select row_number() over (), ${listed} from ${source}`,
        [list],
      );
      return read();
    },
    async readExpression(sql) {
      await knex.raw(`insert into ${name} ("number", "given") values (0, ${sql})`);
      return (await read())[0];
    },
    async count(value) {
      const [row] = await knex(name)
        .where("given", bind(value) as string)
        .count({ count: "*" });
      return Number(row?.count);
    },
    async countAny(values) {
      const [row] = await knex(name)
        .whereRaw(`"given" in (select ${listed} from ${source})`, [bindList(type, values, kind) as string])
        .count({ count: "*" });
      return Number(row?.count);
    },
  };
}

function castTo(expression: string, type: string | undefined): string {
  return type === undefined ? expression : `${expression}::${type}`;
}
