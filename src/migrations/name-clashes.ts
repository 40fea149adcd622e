import { checkName, sequenceName } from "../support/constraint-names.js";
import { groupBy } from "../support/group-by.js";
import type { Problem } from "../support/problem.js";
import { findCheckedWords } from "./enum-types.js";
import type { TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/** Every name that two columns, or two constraints and indexes, of a table would share. */
export function findNameClashes(table: TableSnapshot): readonly Problem[] {
  const key = buildTableKey(table);
  return [
    ...findRepeated(table.columns.map(({ name }) => name)).map((name) => ({
      code: "table.column.repeated",
      message: `Two attributes would be the column "${name}" of the table "${key}".`,
      hint: `Give one of them another column: .column("…").`,
    })),
    ...findRepeatedObjects(table).map((name) => ({
      code: "table.name.repeated",
      message: `Two constraints or indexes of the table "${key}" would be named "${name}".`,
      hint: "Give one of them a name of its own (indexName, constraintName, foreignKey), or leave out what says the same twice.",
    })),
  ];
}

/** Constraints share their names, and so do indexes; a foreign key or a check may be called as a plain index is. */
function findRepeatedObjects(table: TableSnapshot): readonly string[] {
  const { primaryKey, indexes, foreignKeys, checks = [], columns } = table;
  const keys = [...(primaryKey ? [primaryKey] : []), ...indexes.filter(({ constraint }) => constraint)];
  const ofEnums = columns
    .filter(({ type }) => findCheckedWords(type))
    .map(({ name }) => checkName(table.name, name));
  const constraints = [...keys, ...foreignKeys, ...checks].map(({ name }) => name);
  const relations = [...(primaryKey ? [primaryKey] : []), ...indexes].map(({ name }) => name);
  return [...new Set([...findRepeated([...constraints, ...ofEnums]), ...findRepeated(relations)])];
}

/** Something that has a name which no other in its schema has. */
interface Owner {
  readonly schema: string | undefined;
  readonly name: string;
  /** As a message calls it. */
  readonly what: string;
}

/** Every name that tables, indexes or sequences of one schema would share; those of a single table are told by it. */
export function findSharedNames(tables: readonly TableSnapshot[]): readonly Problem[] {
  const groups = groupBy(tables.flatMap(listOwners), ({ schema, name }) => JSON.stringify([schema, name]));
  return [...groups.values()].flatMap((owners) => {
    const words = [...new Set(owners.map(({ what }) => what))];
    const [first] = owners;
    if (first === undefined || words.length < 2) return [];
    return [
      {
        code: "table.name.taken",
        message: `"${first.name}" would be the name of ${words.join(" and of ")}.`,
        hint: "A database has one such name in a schema: give one of them another, as primaryKeyName, indexName or table.",
      },
    ];
  });
}

function listOwners(table: TableSnapshot): readonly Owner[] {
  const { schema, primaryKey, indexes, columns } = table;
  const key = buildTableKey(table);
  const counted = columns.filter((column) => column.default?.kind === "increment");
  return [
    { schema, name: table.name, what: `the table "${key}"` },
    ...(primaryKey ? [{ schema, name: primaryKey.name, what: `the primary key of "${key}"` }] : []),
    ...indexes.map(({ name }) => ({ schema, name, what: `an index of "${key}"` })),
    ...counted.map((column) => ({
      schema,
      name: sequenceName(table.name, column.name),
      what: `what numbers the rows of "${key}"`,
    })),
  ];
}

function findRepeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, position) => names.indexOf(name) < position))];
}
