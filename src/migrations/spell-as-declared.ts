import { compareTables, type TablePair } from "./compare-table.js";
import { isNamedIn } from "./sql-words.js";
import type { TableSnapshot } from "./snapshot.js";

/** A table of a database and the resource that was there before anybody compared the two. */
export interface DeclaredPair extends Pick<TablePair, "table" | "database"> {
  /** As the database has it. */
  readonly live: TableSnapshot;
  /** As the resource says it. */
  readonly declared: TableSnapshot;
  /** The same with its texts of SQL as a database writes them (`adoptSqlTexts`). */
  readonly built: TableSnapshot;
  /** The names of the triggers and the like that hang on the table. */
  readonly parts: readonly string[];
}

interface Named {
  readonly name: string;
}

/**
 * The table as it is, in the words of its resource wherever those say the same. What then differs between the two is
 * what a migration has to change.
 *
 * @example
 * // The resource says `check ("age" > 0)`, the database `(age > 0)`:
 * spellAsDeclared(pair).checks; // [{ name: "users_age_check", sql: '"age" > 0' }]
 */
export function spellAsDeclared(pair: DeclaredPair): TableSnapshot {
  const { table, live, declared, built, database, parts } = pair;
  const found = compareTables({ table, expected: built, actual: live, database });
  const differing = new Set(found.map(({ what }) => what));
  const spell = <Part extends Named>(kind: string, theirs: readonly Part[], own: readonly Part[]) =>
    theirs.map((part) => spellPart(part, own, differing.has(`${kind} ${part.name}`)));
  const checks = [
    ...spell("check", live.checks ?? [], declared.checks ?? []),
    ...findFolded(pair, differing),
  ];
  const statements = (declared.statements ?? []).filter(({ up }) =>
    parts.some((name) => isNamedIn(up, name)),
  );
  const comment = differing.has("table") ? live.comment : declared.comment;
  const [primaryKey] = spell("primary key", listKey(live), listKey(declared));
  return {
    ...(live.schema !== undefined && { schema: live.schema }),
    name: live.name,
    ...(comment !== undefined && { comment }),
    columns: spell("column", live.columns, declared.columns),
    ...(primaryKey && { primaryKey }),
    indexes: spell("index", live.indexes, declared.indexes),
    foreignKeys: spell("foreign key", live.foreignKeys, declared.foreignKeys),
    ...(checks.length > 0 && { checks }),
    ...(statements.length > 0 && { statements }),
  };
}

function spellPart<Part extends Named>(part: Part, declared: readonly Part[], isOther: boolean): Part {
  return (isOther ? undefined : declared.find(({ name }) => name === part.name)) ?? part;
}

function listKey({ primaryKey }: TableSnapshot) {
  return primaryKey ? [primaryKey] : [];
}

/** Checks that are read back as the words of an enum: they are there where the columns are as declared. */
function findFolded({ declared, built }: DeclaredPair, differing: ReadonlySet<string>) {
  const folded = (declared.checks ?? []).filter(
    ({ name }) => !built.checks?.some((each) => each.name === name),
  );
  const isAsDeclared = built.columns.every(({ name }) => !differing.has(`column ${name}`));
  return isAsDeclared ? folded : [];
}
