/** Words that cannot name a class, a constant or an import in a strict TypeScript module. */
export const typescriptReserved: ReadonlySet<string> = new Set(
  (
    "abstract any arguments as asserts async await bigint boolean break case catch class const continue debugger " +
    "declare default delete do else enum eval export extends false finally for from function get if implements " +
    "import in infer instanceof interface is keyof let module namespace never new null number object of package " +
    "private protected public readonly require return set static string super switch symbol this throw true try " +
    "type typeof undefined unique unknown var void while with yield"
  ).split(" "),
);

/** Globals that the generated code itself or its users' code relies on; a class of this name would hide them. */
export const globalNames: ReadonlySet<string> = new Set(
  (
    "Array ArrayBuffer BigInt Boolean Buffer DataView Date Error Function Infinity Intl JSON Map Math NaN Number " +
    "Object Promise Proxy Reflect RegExp Set String Symbol Uint8Array WeakMap WeakSet"
  ).split(" "),
);

/** Members that every object or every record has; an attribute or relationship of this name would break it. */
export const recordReserved: ReadonlySet<string> = new Set([
  "__proto__",
  "constructor",
  "prototype",
  "then",
  "$join",
  "hasOwnProperty",
  "toJSON",
  "toString",
  "valueOf",
]);

/** Words that PostgreSQL or SQLite reserve: usable only in quotes, which people forget. */
export const sqlReserved: ReadonlySet<string> = new Set(
  (
    "add all alter analyse analyze and any array as asc asymmetric authorization autoincrement between binary both " +
    "case cast check collate collation column commit concurrently constraint create cross current_catalog " +
    "current_date current_role current_schema current_time current_timestamp current_user default deferrable delete " +
    "desc distinct do drop else end escape except exists false fetch for foreign freeze from full grant group having " +
    "if ilike in index initially inner insert intersect into is isnull join lateral leading left like limit localtime " +
    "localtimestamp natural not nothing notnull null offset on only or order outer overlaps placing primary " +
    "references returning right select session_user set similar some symmetric system_user table tablesample then to " +
    "trailing transaction true union unique update user using values variadic verbose when where window with"
  ).split(" "),
);
