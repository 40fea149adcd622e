import {
  columnReady,
  enumReady,
  enumReleased,
  keyReady,
  nameFree,
  nameFreeBeside,
  schemaReady,
  schemaReleased,
  tableReady,
  tableReleased,
  wordReady,
  wordReleased,
} from "./facts.js";
import { isFullKey } from "./index-columns.js";
import { buildTableKey, parseTableKey } from "./table-key.js";
import { enumFacts, inSchema, namesIn } from "./fact-parts.js";
import { requiredByForeignKey, providedWithoutForeignKey } from "./constraint-facts.js";
import type { OperationVisitor } from "./operation.js";
import type { ForeignKeySnapshot, TableSnapshot } from "./snapshot.js";
import type { OperationFacts } from "./operation-facts.js";

/** The facts of operations on whole tables, and on the statements that come with them. */
export const tableFacts = {
  createTable: ({ table }) => {
    const key = buildTableKey(table);
    return {
      provides: [
        tableReady(key),
        wordReady(table.name),
        ...table.columns.flatMap(({ name }) => [columnReady(key, name), wordReady(name)]),
        ...keysOf(table).map((columns) => keyReady(key, columns)),
      ],
      requires: [
        ...inSchema(table, schemaReady),
        ...namesOf(table).map((name) => nameFreeBeside(key, name)),
        ...table.columns.flatMap((column) => enumFacts(column, enumReady)),
        ...foreignKeysToOthers(table).flatMap((foreignKey) => requiredByForeignKey(key, foreignKey)),
      ],
    };
  },
  dropTable: ({ table }) => {
    const key = buildTableKey(table);
    return {
      provides: [
        ...inSchema(table, schemaReleased),
        ...namesOf(table).map((name) => nameFreeBeside(key, name)),
        ...table.columns.flatMap((column) => enumFacts(column, enumReleased)),
        ...foreignKeysToOthers(table).flatMap((foreignKey) => providedWithoutForeignKey(key, foreignKey)),
      ],
      requires: [
        tableReleased(key),
        wordReleased(table.name),
        ...table.columns.map(({ name }) => wordReleased(name)),
      ],
    };
  },
  renameTable: ({ from, to }) => ({
    provides: [
      tableReady(to),
      nameFree(from),
      wordReady(parseTableKey(to).name),
      ...inSchema(parseTableKey(from), schemaReleased),
    ],
    requires: [tableReady(from), nameFree(to), ...inSchema(parseTableKey(to), schemaReady)],
  }),
  commentTable: ({ table }) => ({ provides: [], requires: [tableReady(table)] }),
  addStatement: ({ table, statement }) => ({
    provides: [],
    requires: [tableReady(table), ...namesIn(statement.up).map(wordReady)],
  }),
  dropStatement: ({ table, statement }) => ({
    provides: [...namesIn(statement.up), parseTableKey(table).name].map(wordReleased),
    requires: [tableReady(table)],
  }),
} satisfies Partial<OperationVisitor<OperationFacts>>;

/** A foreign key to the table itself comes and goes with the table. */
function foreignKeysToOthers(table: TableSnapshot): readonly ForeignKeySnapshot[] {
  return table.foreignKeys.filter(({ references }) => references.table !== buildTableKey(table));
}

function keysOf({ primaryKey, indexes }: TableSnapshot): readonly (readonly string[])[] {
  return [
    ...(primaryKey ? [primaryKey.columns] : []),
    ...indexes.filter(isFullKey).map(({ columns }) => columns),
  ];
}

function namesOf({ name, primaryKey, indexes }: TableSnapshot): readonly string[] {
  return [name, ...(primaryKey ? [primaryKey.name] : []), ...indexes.map((index) => index.name)];
}
