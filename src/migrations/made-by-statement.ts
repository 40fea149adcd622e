/** What a statement of a resource makes, as far as its first words tell. */

const NAME = String.raw`("[^"]+"|\[[^\]]+\]|\x60[^\x60]+\x60|[^\s(;]+)`;

const VIEW = startWith(
  String.raw`create\s+(?:or\s+replace\s+)?(?:temp\w*\s+|recursive\s+|materialized\s+)*view\s+(?:if\s+not\s+exists\s+)?${NAME}`,
);

const TABLE = startWith(
  String.raw`create\s+(?:temp\w*\s+|unlogged\s+|virtual\s+|foreign\s+)*table\s+(?:if\s+not\s+exists\s+)?${NAME}`,
);

const ROWS = startWith(String.raw`(?:insert|update|delete|replace)\b`);

/** A pattern for the beginning of a statement, behind blanks and comments. */
function startWith(pattern: string): RegExp {
  return new RegExp(String.raw`^(?:\s|--[^\n]*\n|/\*[\s\S]*?\*/)*${pattern}`, "iu");
}

/** The name of the view that a statement makes, as it is without quotes. */
export function findMadeView(sql: string): string | undefined {
  return readName(VIEW.exec(sql));
}

/** The name of the table that a statement makes, as it is without quotes. */
export function findMadeTable(sql: string): string | undefined {
  return readName(TABLE.exec(sql));
}

/** Is what the statement does there to stay, since taking it back and doing it again would lose rows? */
export function leavesRows(sql: string): boolean {
  return findMadeTable(sql) !== undefined || ROWS.test(sql);
}

function readName(found: RegExpExecArray | null): string | undefined {
  return found?.[1]?.replace(/^["[`](.*)["\]`]$/su, "$1");
}
