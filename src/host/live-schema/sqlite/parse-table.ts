import { findClose, isWord, nameIn, readTokens, sliceSql, splitTokens, type Token } from "./tokens.js";

/** What the text that made a table says and no pragma tells. */
export interface ParsedTable {
  readonly constraints: readonly ParsedConstraint[];
  readonly isStrict: boolean;
  readonly isWithoutRowId: boolean;
}

export type ParsedConstraint =
  | {
      readonly kind: "primaryKey";
      readonly name?: string;
      readonly columns: readonly string[];
      /** Is it written with its column, so that SQLite takes an integer for the number of the row? */
      readonly isInline: boolean;
      readonly autoincrement: boolean;
    }
  | { readonly kind: "unique"; readonly name?: string; readonly columns: readonly string[] }
  | { readonly kind: "check"; readonly name?: string; readonly column?: string; readonly sql: string }
  | { readonly kind: "generated"; readonly column: string; readonly sql: string; readonly isStored: boolean }
  | { readonly kind: "collate"; readonly column: string; readonly collation: string }
  | {
      readonly kind: "foreignKey";
      readonly name?: string;
      readonly columns: readonly string[];
      readonly deferrable?: "initially deferred" | "initially immediate";
    };

/**
 * Reads the statement that made a table.
 *
 * @example
 * parseTable("create table t (a int, constraint c check (a > 0))").constraints; // [{ kind: "check", name: "c", sql: "a > 0" }]
 */
export function parseTable(sql: string): ParsedTable {
  const tokens = readTokens(sql);
  const open = tokens.findIndex((token) => isWord(token, "("));
  if (open < 0) return { constraints: [], isStrict: false, isWithoutRowId: false };
  const close = findClose(tokens, open);
  const options = tokens.slice(close).map(({ word }) => word);
  return {
    constraints: splitTokens(tokens.slice(open + 1, close - 1)).flatMap((list) => readDefinition(sql, list)),
    isStrict: options.includes("strict"),
    isWithoutRowId: options.includes("rowid"),
  };
}

const tableConstraints = ["constraint", "primary", "unique", "check", "foreign"];

function readDefinition(sql: string, tokens: readonly Token[]): readonly ParsedConstraint[] {
  if (isWord(tokens[0], ...tableConstraints)) return readConstraints({ sql, tokens, column: undefined });
  return readConstraints({ sql, tokens: tokens.slice(1), column: nameIn(sql, tokens[0]) });
}

interface Definition {
  readonly sql: string;
  readonly tokens: readonly Token[];
  /** The column whose definition it is. */
  readonly column: string | undefined;
}

function readConstraints(definition: Definition): readonly ParsedConstraint[] {
  const { sql, tokens } = definition;
  const found: ParsedConstraint[] = [];
  let name: string | undefined;
  for (let position = 0; position < tokens.length; position += 1) {
    if (isWord(tokens[position], "constraint")) {
      name = nameIn(sql, tokens[(position += 1)]);
      continue;
    }
    const read = readConstraint(definition, position);
    if (read !== undefined) {
      found.push(
        name === undefined || read.kind === "generated" || read.kind === "collate" ? read : { ...read, name },
      );
      name = undefined;
    }
    if (isWord(tokens[position], "(")) position = findClose(tokens, position) - 1;
  }
  return found;
}

function readConstraint(definition: Definition, position: number): ParsedConstraint | undefined {
  const token = definition.tokens[position];
  if (token?.kind !== "word") return undefined;
  return constraintReaders[token.word]?.(definition, position);
}

type Read = (definition: Definition, position: number) => ParsedConstraint | undefined;

const constraintReaders: Readonly<Record<string, Read>> = {
  primary: (definition, position) => ({
    kind: "primaryKey",
    columns: readColumns(definition, position),
    isInline: definition.column !== undefined,
    autoincrement: definition.tokens.slice(position).some((token) => isWord(token, "autoincrement")),
  }),
  unique: (definition, position) => ({ kind: "unique", columns: readColumns(definition, position) }),
  check: (definition, position) => ({
    kind: "check",
    ...(definition.column !== undefined && { column: definition.column }),
    sql: readParenthesized(definition, position),
  }),
  foreign: readForeignKey,
  // A table's own `foreign key` has been read at its first word.
  references: (definition, position) =>
    definition.column === undefined ? undefined : readForeignKey(definition, position),
  as: (definition, position) => ({
    kind: "generated",
    column: definition.column ?? "",
    sql: readParenthesized(definition, position),
    isStored: definition.tokens.slice(position).some((token) => isWord(token, "stored")),
  }),
  collate: ({ sql, tokens, column }, position) =>
    column === undefined
      ? undefined
      : { kind: "collate", column, collation: nameIn(sql, tokens[position + 1]) },
};

/** The columns in the next parentheses, or the one that is being defined. */
function readColumns({ sql, tokens, column }: Definition, position: number): readonly string[] {
  if (column !== undefined) return [column];
  const open = findOpen(tokens, position);
  return splitTokens(tokens.slice(open + 1, findClose(tokens, open) - 1)).map(([first]) =>
    nameIn(sql, first),
  );
}

function readParenthesized({ sql, tokens }: Definition, position: number): string {
  const open = findOpen(tokens, position);
  return sliceSql(sql, tokens.slice(open + 1, findClose(tokens, open) - 1));
}

function findOpen(tokens: readonly Token[], from: number): number {
  return tokens.findIndex((token, position) => position >= from && isWord(token, "("));
}

function readForeignKey(definition: Definition, position: number): ParsedConstraint {
  const rest = definition.tokens.slice(position);
  const place = rest.findIndex((token) => isWord(token, "deferrable"));
  const isDeferrable = place >= 0 && !isWord(rest[place - 1], "not");
  const isDeferred = rest.slice(place).some((token) => isWord(token, "deferred"));
  return {
    kind: "foreignKey",
    columns: readColumns(definition, position),
    ...(isDeferrable && { deferrable: isDeferred ? "initially deferred" : "initially immediate" }),
  };
}
