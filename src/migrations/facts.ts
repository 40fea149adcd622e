import { buildKeyBeside } from "./table-key.js";

/*
 * The facts that order operations, by their names. "Ready" is what must be there before something is made of it;
 * "released" is what nothing of before holds any more, so that it may be altered or dropped; "free" is a name.
 */

export const schemaReady = (schema: string) => `schema ${schema} is ready`;
/** No table of before is in it any more. */
export const schemaReleased = (schema: string) => `schema ${schema} is released`;

/** The enum type is there, with its final words. */
export const enumReady = (name: string) => `enum ${name} is ready`;
/** The columns that leave the enum type have left it. */
export const enumReleased = (name: string) => `enum ${name} is released`;
/** The columns that go over to another enum type have gone. */
export const enumLeft = (name: string) => `enum ${name} is left`;

export const tableReady = (table: string) => `table ${table} is ready`;
/** No foreign key of another table refers to the table any more. */
export const tableReleased = (table: string) => `table ${table} is released`;

/** The column is there, with its final type. Words of SQL may mean it in whatever case they are written. */
export const columnReady = (table: string, column: string) =>
  `column ${table}.${column.toLowerCase()} is ready`;
/** No row is without a value any more, since rows were filled in. */
export const columnFilled = (table: string, column: string) => `column ${table}.${column} is filled`;
/** A default that the column could not keep through another type is gone. */
export const columnBare = (table: string, column: string) => `column ${table}.${column} is bare`;
/** The column takes no row without a value. */
export const columnRequired = (table: string, column: string) => `column ${table}.${column} is required`;
/** No index, key, check or foreign key of before holds the column any more. */
export const columnReleased = (table: string, column: string) =>
  `column ${table}.${column.toLowerCase()} is released`;
export const columnFree = (table: string, column: string) => `column name ${table}.${column} is free`;

/** Some key makes these columns, in whatever order, unique: a foreign key can refer to them. */
export const keyReady = (table: string, columns: readonly string[]) =>
  `key ${nameKey(table, columns)} is ready`;
/** No foreign key of before relies on a key over these columns any more. */
export const keyReleased = (table: string, columns: readonly string[]) =>
  `key ${nameKey(table, columns)} is released`;
/** The keys over these columns that go are gone: a foreign key that is added cannot come to rely on one of them. */
export const keyGone = (table: string, columns: readonly string[]) =>
  `key ${nameKey(table, columns)} is gone`;
export const primaryKeyGone = (table: string) => `primary key of ${table} is gone`;

const nameKey = (table: string, columns: readonly string[]) => `${table}(${[...columns].sort().join()})`;

/** Nobody in the schema has the name: tables, keys, indexes and sequences share one set of names in PostgreSQL. */
export const nameFree = (key: string) => `name ${key} is free`;
/** Nobody in the schema of the table has the name. */
export const nameFreeBeside = (table: string, name: string) => nameFree(buildKeyBeside(table, name));
/** No foreign key or check of the table has the name. */
export const constraintFree = (table: string, name: string) => `constraint name ${table}.${name} is free`;
/** What is renamed has come to this name, from which it may go on to another. */
export const constraintRenamed = (table: string, name: string) => `constraint ${table} is renamed to ${name}`;

/** Whatever a word in a statement's SQL may mean is there. */
export const wordReady = (word: string) => `"${word.toLowerCase()}" is ready`;
/** No statement of before that holds the word is there any more. */
export const wordReleased = (word: string) => `"${word.toLowerCase()}" is released`;
