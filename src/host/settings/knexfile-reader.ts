import { posix } from "node:path";
import type { FileTree } from "../../generator/file-tree.js";
import type { DatabaseKind } from "../../generator/settings.js";
import { removeComments } from "../../generator/source/remove-comments.js";

/** What a knexfile says to who reads it as text. It is never run: it may connect, or need what is not there. */
export interface Knexfile {
  readonly path: string;
  /** The migrations folder relative to the root; undefined where the file leaves it out or computes it. */
  readonly migrations?: string;
  /** Each `client` as it stands there: `pg`, or the module that a client class is imported from. */
  readonly clients: readonly string[];
}

const folders = ["", "db/", "database/", "config/", "src/", "src/db/"];
const extensions = ["ts", "mts", "cts", "js", "mjs", "cjs"];

export function findKnexfile(files: FileTree, given?: string): Knexfile | undefined {
  const paths = given === undefined ? listKnexfilePaths() : [given];
  for (const path of paths) {
    const text = files.read(path);
    if (text !== undefined) return readKnexfile(path, text);
  }
  return undefined;
}

/** @example readKnexfile("knexfile.ts", 'export default { client: "pg" }'); // { path: "knexfile.ts", clients: ["pg"] } */
export function readKnexfile(path: string, text: string): Knexfile {
  const code = removeComments(text);
  const directory = readDirectory(code);
  const migrations = directory === undefined ? undefined : posix.join(posix.dirname(path), directory);
  const inside =
    migrations !== undefined && !migrations.startsWith("..") && !posix.isAbsolute(directory ?? "");
  return {
    path,
    clients: readClients(code),
    ...(inside ? { migrations: migrations.replace(/\/$/, "") } : {}),
  };
}

/** The kind of database behind a Knex client, where ashlar knows it. */
export function findDatabaseKind(client: string): DatabaseKind | undefined {
  if (/pglite/i.test(client)) return "pglite";
  if (/^(pg|pgnative|pg-native|postgres|postgresql)$/i.test(client)) return "postgres";
  return /^(sqlite|sqlite3|better-sqlite3|libsql)$|ashlar\/sqlite/i.test(client) ? "sqlite" : undefined;
}

function listKnexfilePaths(): string[] {
  return folders.flatMap((folder) => extensions.map((extension) => `${folder}knexfile.${extension}`));
}

/** Knex takes the folder relative to the knexfile, however it is written. */
function readDirectory(code: string): string | undefined {
  const block = /\bmigrations\s*[:=]\s*\{/.exec(code);
  if (block === null) return undefined;
  const inside = readBlock(code, block.index + block[0].length);
  const value = /\bdirectory\s*:\s*(.*)/s.exec(inside)?.[1];
  return value === undefined ? undefined : (readLiteral(value) ?? readJoin(value) ?? readUrl(value));
}

/** The text up to the brace that closes the one before `start`. */
function readBlock(code: string, start: number): string {
  let depth = 1;
  for (let offset = start; offset < code.length; offset += 1) {
    if (code[offset] === "{") depth += 1;
    if (code[offset] === "}") depth -= 1;
    if (depth === 0) return code.slice(start, offset);
  }
  return code.slice(start);
}

function readLiteral(value: string): string | undefined {
  const literal = /^\[?\s*(["'`])((?:(?!\1)[^\\$])*)\1\s*(?:[,\]}\n]|$)/.exec(value)?.[2];
  return literal ?? /^`\$\{(?:__dirname|import\.meta\.dirname)\}\/([^`$]*)`/.exec(value)?.[1];
}

function readJoin(value: string): string | undefined {
  const args = /^(?:path\.)?(?:join|resolve)\(\s*(?:__dirname|import\.meta\.dirname)\s*,([^()]*)\)/.exec(
    value,
  )?.[1];
  const parts = args?.split(",").map((part) => /^\s*["'`]([^"'`$]*)["'`]\s*$/.exec(part)?.[1]);
  const isKnown = parts?.every((part, index) => part !== undefined || index === parts.length - 1);
  return parts === undefined || !isKnown
    ? undefined
    : posix.join(...parts.filter((part) => part !== undefined));
}

function readUrl(value: string): string | undefined {
  return /^(?:fileURLToPath\(\s*)?new URL\(\s*["'`]([^"'`$]*)["'`]\s*,\s*import\.meta\.url\s*\)/.exec(
    value,
  )?.[1];
}

/** A name, a module that is required on the spot, or what a name was imported from. */
function readClients(code: string): string[] {
  const values = code.matchAll(
    /\b(?:client|dialect)\s*:\s*(?:(?:\(*\s*(?:await\s+import|require)\s*\(\s*)?["'`]([^"'`]+)["'`]|([A-Za-z_$][\w$]*))/g,
  );
  const clients = [...values].map(([, literal, name]) => literal ?? findImport(code, name ?? "") ?? "");
  return [...new Set(clients)].filter((client) => client !== "");
}

function findImport(code: string, name: string): string | undefined {
  const imports = code.matchAll(
    /\b(?:import|const)\b([^;"'`]*?)(?:\bfrom\b|=\s*\(*\s*(?:await\s+import|require)\s*\()\s*["'`]([^"'`]+)["'`]/g,
  );
  for (const [, names = "", module] of imports) {
    if (names.split(/[^\w$]+/).includes(name)) return module;
  }
  return undefined;
}
