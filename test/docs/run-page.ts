import { join } from "node:path/posix";
import { isDeepStrictEqual, inspect } from "node:util";
import type { Knex } from "knex";
import * as ashlar from "../../src/runtime/index.js";
import type { TestDatabase } from "../databases/engines.js";
import { createTables } from "../runtime/shop.js";
import type { Block, Page } from "./page.js";
import { buildScript, toScript } from "./page-source.js";
import { listStages, migrateProject, type Files, type Stage } from "./recipe-project.js";

/** Runs the blocks of a page in order on an empty database and gives what does not hold, with its line. */
export async function runPage(page: Page, database: TestDatabase): Promise<readonly string[]> {
  const stages = await listStages(page, database.kind === "sqlite" ? "sqlite" : "pglite");
  const recorder = new Recorder(page, database);
  let before: Files | undefined;
  for (const stage of stages.filter(({ page: { blocks } }) => blocks.length > 0)) {
    if (importsProject(page)) await openProject(database.knex, stage.files, before ?? stages[0]?.files);
    before = stage.files;
    await runStage(stage, database, recorder);
  }
  return [...stages.flatMap(({ problems }) => problems), ...recorder.problems];
}

function importsProject({ blocks }: Page): boolean {
  return blocks.some(({ text }) => text.includes("./src/repo.js"));
}

/** The tables of the project: those that it began with, made from its resources, and what its migrations do. */
async function openProject(knex: Knex, files: Files, before: Files = {}): Promise<void> {
  if (!(await knex.schema.hasTable("users"))) {
    const { repo } = createRequire(knex, before)("./src/repo.js") as { readonly repo: ashlar.Repo };
    await createTables(
      knex,
      repo.domains.flatMap(({ resources }) => resources),
    );
  }
  await migrateProject(knex, files, before);
}

async function runStage({ page, files }: Stage, database: TestDatabase, recorder: Recorder): Promise<void> {
  const kind = database.kind === "sqlite" ? "sqlite" : "postgres";
  const { script, claims } = buildScript(page, kind);
  const run = new AsyncFunction("require", "exports", "$page", script);
  recorder.forget();
  try {
    await run(createRequire(database.knex, files), {}, recorder);
    recorder.reportUnreached(claims);
  } catch (error) {
    recorder.report(`after line ${String(recorder.line)}`, error);
  }
}

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/** `import` as CommonJS has it: the packages, `./knexfile.js`, and the files of the project. */
function createRequire(knex: Knex, files: Files): (from: string) => unknown {
  const loaded = new Map<string, object>();
  const load = (folder: string, from: string): unknown => {
    if (from === "ashlar") return ashlar;
    if (from === "knex") return { __esModule: true, default: () => knex };
    if (from.endsWith("/knexfile.js")) return { __esModule: true, default: {} };
    const path = join(folder, from.replace(/\.js$/, ".ts"));
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const text = files[path];
    if (text === undefined) throw new Error(`There is no file "${path}" that a page could import.`);
    const exports = {};
    loaded.set(path, exports);
    const inner = (name: string): unknown => load(path.split("/").slice(0, -1).join("/"), name);
    new Function("require", "exports", toScript(text))(inner, exports);
    return exports;
  };
  return (from) => load("", from);
}

/** Statements that begin and end transactions stand in the SQL of a page, and are not counted. */
const control = /^(?:begin|commit|rollback|savepoint|release|set transaction)\b/i;

/** What a page calls while it runs. */
class Recorder {
  readonly problems: string[] = [];
  line = 0;
  readonly #page: Page;
  readonly #database: TestDatabase;
  readonly #counts = new Map<number, number>();
  readonly #tables = new Set<string>();
  readonly #reached = new Set<number>();
  #sent: string[] = [];
  #total = 0;

  /** In an object or a list: there may be more. */
  readonly more = Object.defineProperty({ [MORE]: true }, Symbol.iterator, {
    enumerable: false,
    *value() {
      yield MORE;
    },
  });

  constructor(page: Page, database: TestDatabase) {
    this.#page = page;
    this.#database = database;
    database.knex.on("query", ({ sql }: { readonly sql: string }) => {
      this.#sent.push(sql);
      if (!control.test(sql)) this.#total += 1;
    });
  }

  async open({ domains }: ashlar.Repo): Promise<void> {
    const resources = domains
      .flatMap((domain) => domain.resources)
      .filter(({ definition }) => !this.#tables.has(definition.table));
    for (const { definition } of resources) this.#tables.add(definition.table);
    if (resources.length > 0) await createTables(this.#database.knex, resources);
    this.forget();
  }

  /** What was sent before a block is not its own. */
  forget(): void {
    this.#sent = [];
  }

  /** A claim in a function that nobody calls would hold whatever it says. */
  reportUnreached(lines: readonly number[]): void {
    for (const line of lines) if (!this.#reached.has(line)) this.report(line, "was not reached");
  }

  #reach(line: number): void {
    this.line = line;
    this.#reached.add(line);
  }

  equals(found: unknown, wanted: () => unknown, line: number): void {
    this.#reach(line);
    const expected = wanted();
    if (matches(found, expected)) return;
    this.report(line, `is ${inspect(found, { depth: 5 })}\ninstead of ${inspect(expected, { depth: 5 })}`);
  }

  async throws(body: () => Promise<unknown>, wanted: string, line: number): Promise<void> {
    this.#reach(line);
    const error = await body().then(
      () => undefined,
      (thrown: unknown) => ({ thrown }),
    );
    const found = error === undefined ? "nothing" : describeError(error.thrown, wanted);
    if (found !== wanted) this.report(line, `throws ${found}\ninstead of ${wanted}`, error?.thrown);
  }

  startCount(line: number): void {
    this.#reach(line);
    this.#counts.set(line, this.#total);
  }

  endCount(wanted: number, line: number): void {
    const found = this.#total - (this.#counts.get(line) ?? 0);
    if (found === wanted) return;
    const recent = this.#sent.filter((sql) => !control.test(sql)).slice(-found);
    this.report(
      line,
      `sends ${String(found)} statements instead of ${String(wanted)}:\n${recent.join("\n")}`,
    );
  }

  /** A block of SQL that follows tells all that was sent; SQLite's is told nowhere. */
  endBlock(line: number): void {
    this.line = line;
    const sent = this.#sent;
    this.#sent = [];
    const wanted = findSqlBehind(this.#page, line);
    if (wanted === undefined || this.#database.kind === "sqlite") return;
    const found = sent.map(normalizeSql);
    const expected = wanted.text
      .split(";\n")
      .map(normalizeSql)
      .filter((sql) => sql !== "");
    if (found.length === expected.length && found.every((sql, at) => matchesSql(sql, expected[at]))) return;
    this.report(wanted.line, `the SQL that was sent is\n${sent.map((sql) => `${sql};`).join("\n")}`);
  }

  report(place: number | string, ...said: readonly unknown[]): void {
    const where =
      typeof place === "number" ? `${this.#page.path}:${String(place)}` : `${this.#page.path} ${place}`;
    const words = said.map((each) => (typeof each === "string" ? each : inspect(each)));
    this.problems.push(`${where} ${words.join("\n")}`);
  }
}

const MORE = Symbol("more");

/** Equal to the last field; a record counts as the object of its fields, and what is said to hold more may. */
function matches(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(found) && matchesList(found, wanted);
  if (typeof wanted !== "object" || wanted === null || !isFields(wanted))
    return isDeepStrictEqual(found, wanted);
  if (typeof found !== "object" || found === null || Array.isArray(found)) return false;
  const keys = Object.keys(wanted).filter((key) => Object.hasOwn(wanted, key));
  const isOpen = Object.hasOwn(wanted, MORE);
  if (!isOpen && Object.keys(found).length !== keys.length) return false;
  return keys.every(
    (key) => Object.hasOwn(found, key) && matches(Reflect.get(found, key), Reflect.get(wanted, key)),
  );
}

function isFields(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !(value instanceof Date || value instanceof Uint8Array) && prototype !== null;
}

function matchesList(found: readonly unknown[], wanted: readonly unknown[]): boolean {
  const isOpen = wanted.at(-1) === MORE;
  const list = isOpen ? wanted.slice(0, -1) : wanted;
  return (
    (isOpen ? found.length >= list.length : found.length === list.length) &&
    list.every((each, index) => matches(found[index], each))
  );
}

/** The codes of all problems, with the paths of issues where these are wanted. */
function describeError(error: unknown, wanted: string): string {
  if (!ashlar.isAshlarError(error)) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return error.problems
    .map((problem) => {
      const path =
        "path" in problem && wanted.includes(" at ") ? ` at ${(problem.path as string[]).join(".")}` : "";
      return problem.code + path;
    })
    .join(", ");
}

function findSqlBehind({ blocks }: Page, line: number): Block | undefined {
  const at = blocks.findIndex((block) => block.line === line);
  const next = blocks[at + 1];
  return next?.language === "sql" ? next : undefined;
}

function normalizeSql(sql: string): string {
  return sql
    .replaceAll(/\s+/g, " ")
    .replace(/; *$/, "")
    .replaceAll(/\( | \)/g, (match) => match.trim())
    .trim();
}

/** `…` stands for anything. */
function matchesSql(sql: string, wanted = ""): boolean {
  const parts = wanted.split("…").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(sql);
}
