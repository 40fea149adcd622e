import { parseCommand } from "../cli/parse-command.js";
import type { Command, GenerateOptions } from "../cli/command.js";
import { suggest } from "../generator/did-you-mean.js";
import type { GeneratorContext } from "../generator/context.js";
import { hasChanges, isDeletion, isWrite, type Plan } from "../generator/plan.js";
import { planDomain } from "../generator/plan-domain.js";
import { planResource } from "../generator/plan-resource.js";
import type { Settings } from "../generator/settings.js";
import { configName, parseConfig } from "../host/settings/config-file.js";
import { createTemplateSource } from "../host/templates.js";
import { isAshlarError, usageError, type Problem } from "../support/problem.js";
import { createMemoryFormatter } from "./memory-formatter.js";
import { createMemoryTree } from "./memory-tree.js";
import { emptyProject, exampleProject } from "./projects.js";
import { splitCommand } from "./split-command.js";
import { describeRefusal, describeRun, type TestRun } from "./test-run.js";

/** What a test project starts from. */
export interface TestProjectOptions {
  /** Starts from the project of `ashlar new --example`: `Accounts` with `User`, `Works` with `Task`. */
  readonly example?: boolean;
  /** Files by path, added to those that the project starts with; `undefined` takes one of those away. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  /** Over those of an `ashlar.config.json` among the files and the usual ones: camelCase, kebab-case files, `.js` imports. */
  readonly settings?: Partial<Settings>;
  /** The moment of every command, from which migrations take their names; 2026-01-01 00:00 UTC where none is given. */
  readonly now?: Date;
}

/** A project in memory, on which generators run as they do on disk. */
export interface TestProject {
  /**
   * Runs a command as it would be typed, and writes what it plans into the project; with `--dry-run`, `--diff` or
   * `--check` nothing is written, as on the command line. A command that is refused changes nothing and does not
   * throw: its problems are in `refused`.
   */
  run(command: string): Promise<TestRun>;
  /** The text of a file. Throws where there is none, and says which there are. */
  read(path: string): string;
  /** Writes a file by hand, as a user would between two commands. */
  write(path: string, text: string): void;
  /** The text of every file by its path, sorted. */
  readonly files: Readonly<Record<string, string>>;
  /**
   * What the compiler says of the project, by its own tsconfig.json; empty where all is well. `ashlar` means this
   * package, and other packages are looked for in the `node_modules` of the working folder.
   */
  typecheck(): Promise<readonly Problem[]>;
}

const usualSettings: Settings = {
  source: "src",
  migrations: "migrations",
  attributeCase: "camelCase",
  fileCase: "kebab-case",
  importExtension: ".js",
  paths: {},
  database: "pglite",
};

/**
 * Makes a project in memory to run generators on. Nothing touches the disk, and the clock stands still.
 *
 * @example
 * const project = testProject({ example: true });
 * const { created } = await project.run("gen resource Accounts UserTask --primary-key user_id,task_id");
 * created["src/accounts/user-task.ts"]; // "import { belongsTo, resource, uuid } from "ashlar"; …"
 */
export function testProject(options: TestProjectOptions = {}): TestProject {
  const files = new Map(Object.entries(options.example ? exampleProject : emptyProject));
  for (const [path, text] of Object.entries(options.files ?? {})) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  let last: TestRun | undefined;
  return {
    run: async (command) => (last = await runCommand(command, files, options)),
    read: (path) => readFile(files, path, last),
    write: (path, text) => void files.set(path, text),
    get files() {
      return Object.fromEntries([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
    },
    async typecheck() {
      const { findTypeProblems } = await import("./find-type-problems.js");
      return findTypeProblems(files, process.cwd());
    },
  };
}

async function runCommand(
  command: string,
  files: Map<string, string>,
  options: TestProjectOptions,
): Promise<TestRun> {
  try {
    const typed = parseCommand(splitCommand(command), { version: "", columns: 110 });
    const { plan, options: asked } = await planCommand(typed, createContext(files, options));
    if (!asked.dryRun && !asked.diff && !asked.check) writePlan(plan, files);
    return describeRun(command, plan, asked.check && hasChanges(plan) ? 3 : 0);
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    return describeRefusal(command, error);
  }
}

function createContext(files: ReadonlyMap<string, string>, options: TestProjectOptions): GeneratorContext {
  const tree = createMemoryTree(files);
  const config = tree.read(configName);
  const given = config === undefined ? {} : parseConfig(config);
  const settings = { ...usualSettings, ...given, ...options.settings };
  return {
    files: tree,
    settings,
    templates: createTemplateSource(),
    formatter: createMemoryFormatter(tree, settings),
    now: options.now ?? new Date("2026-01-01T00:00:00Z"),
  };
}

interface Planned {
  readonly plan: Plan;
  readonly options: GenerateOptions;
}

async function planCommand(command: Command, context: GeneratorContext): Promise<Planned> {
  if (command.kind === "gen resource") {
    return { plan: await planResource(command.request, context), options: command.options };
  }
  if (command.kind === "gen domain") {
    return { plan: await planDomain(command.name, context), options: command.options };
  }
  throw usageError({
    code: "testing.command.unsupported",
    message: `A test project runs generators only, not "${command.kind === "text" ? "help" : command.kind}".`,
    hint: "Such as: gen resource Accounts User",
  });
}

function writePlan({ changes }: Plan, files: Map<string, string>): void {
  for (const { path, after } of changes.filter(isWrite)) files.set(path, after);
  for (const { path } of changes.filter(isDeletion)) files.delete(path);
}

function readFile(files: ReadonlyMap<string, string>, path: string, last: TestRun | undefined): string {
  const text = files.get(path);
  if (text !== undefined) return text;
  const paths = [...files.keys()].sort();
  const refused =
    last?.refused.map(({ message }) => ` The last command was refused: ${message}`).join("") ?? "";
  throw usageError({
    code: "testing.file.missing",
    message: `The test project has no file "${path}".${refused}`,
    hint: suggest(path, paths, `It has: ${paths.join(", ")}`),
  });
}
