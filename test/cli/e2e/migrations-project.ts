import { readdirSync, readFileSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runAshlar, createExampleProject, type CommandResult } from "./command-line.js";

export type ProjectDatabase = "pglite" | "sqlite";

const knexfiles: Readonly<Record<ProjectDatabase, string>> = {
  pglite: `import { PgliteClient } from "ashlar/pglite";
export default { client: PgliteClient, connection: { filename: "data" }, migrations: { directory: "./migrations" } };
`,
  sqlite: `import { SqliteClient } from "ashlar/sqlite";
export default {
  client: SqliteClient,
  connection: { filename: "data.sqlite" },
  useNullAsDefault: true,
  migrations: { directory: "./migrations" },
};
`,
};

const packages = ["@electric-sql/pglite", "knex", "libsql", "typescript"];

/** A project on disk that commands are run in, its packages linked to those that are installed here. */
export class MigrationsProject {
  readonly root: string;

  constructor(database: ProjectDatabase, files: Readonly<Record<string, string>> = {}) {
    this.root = createExampleProject({ "knexfile.ts": knexfiles[database], ...files });
    for (const name of packages) this.#link(name, resolve("node_modules", name));
    this.#link("ashlar", resolve("."));
  }

  #link(name: string, target: string): void {
    const path = join(this.root, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  run(words: string): Promise<CommandResult> {
    return this.runWords(words.split(" "));
  }

  runWords(args: readonly string[]): Promise<CommandResult> {
    return runAshlar(args, { cwd: this.root });
  }

  /** Runs what has to work. */
  async do(words: string): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(words);
    if (exitCode !== 0) throw new Error(`ashlar ${words}: ${String(exitCode)}\n${stdout}${stderr}`);
    return stdout;
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  edit(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} holds no ${from}`);
    this.write(path, text.replace(from, to));
  }

  /** Every file of the migrations by its path without the time, so that two runs can be compared. */
  readMigrations(): Readonly<Record<string, string>> {
    const folder = join(this.root, "migrations");
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const untimed = (text: string) => text.replaceAll(/\d{14}_/g, "");
    return Object.fromEntries(
      paths.map((path) => [untimed(path.slice(folder.length + 1)), untimed(readFileSync(path, "utf8"))]),
    );
  }
}
