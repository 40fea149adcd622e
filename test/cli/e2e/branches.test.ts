/** Two real branches of git, each with a migration of its own, that come together again. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { runAshlar } from "./command-line.js";
import { createProject, edit, listMigrations, sayAll } from "./migrated-project.js";

const timeout = 120_000;
const resource = "src/accounts/user.ts";

interface Team {
  readonly cwd: string;
  readonly git: (...args: string[]) => string;
  readonly run: (words: string) => Promise<string>;
}

/** A project in git whose branch `side` was begun first and has run here; `main` went on after it. */
async function createTeam(changes: { readonly side: Change; readonly main: Change }): Promise<Team> {
  const cwd = createProject();
  const git = (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  const run = async (words: string): Promise<string> => sayAll(await runAshlar(words.split(" "), { cwd }));
  const commit = (): string => git("add", ".") + git("commit", "-qm", "Go on");
  const change = async ({ from, to, flags }: Change): Promise<void> => {
    edit(cwd, resource, (text) => text.replaceAll(from, to));
    expect(await run(`gen migrations --no-proof ${flags}`)).toMatch(/^0/);
    commit();
  };
  writeFileSync(join(cwd, ".gitignore"), "node_modules\ndata.sqlite*\n");
  expect(await run("gen migrations --no-proof --name create_all")).toMatch(/^0/);
  git("init", "-q", "-b", "main");
  commit();
  git("switch", "-qc", "side");
  await change(changes.side);
  expect(await run("migrate")).toMatch(/^0/);
  git("switch", "-q", "main");
  // Names of migrations tell seconds.
  await pause(1100);
  await change(changes.main);
  return { cwd, git, run };
}

interface Change {
  readonly from: string | RegExp;
  readonly to: string;
  readonly flags: string;
}

const name = "    name: string(),";
const addPhone: Change = { from: name, to: `${name}\n    phone: string(),`, flags: "--name side" };
const addLongPhone: Change = { from: name, to: `${name}\n    phone: string(40),`, flags: "--name main" };
const toPeople: Change = {
  from: '"users"',
  to: '"people"',
  flags: "--name main --rename-table users:people",
};

/** Takes the side of `main` in the resource. */
function mergeMain({ cwd, git }: Team): void {
  try {
    git("merge", "-qm", "Merge", "main");
  } catch {
    git("checkout", "--theirs", resource);
  }
  edit(cwd, resource, (text) => text.replace(/.*phone: string\(\),\n/, ""));
}

function findName(text: string, end: string): string {
  return new RegExp(`\\d{14}_${end}\\b`).exec(text)?.[0] ?? "";
}

describe("two branches that add the same column", () => {
  test(
    "the one that has run only here is made anew after the other, though it was begun before",
    { timeout },
    async () => {
      const team = await createTeam({ side: addPhone, main: addLongPhone });
      team.git("switch", "-q", "side");
      mergeMain(team);

      const checked = await team.run("check");
      const [side, main] = [findName(checked, "side"), findName(checked, "main")];
      expect(checked).toContain(
        `npx ashlar undo migration ${main} --rollback or npx ashlar undo migration ${side} --rollback`,
      );
      expect(await team.run("migrate")).toContain("How to finish that: npx ashlar check");

      expect(await team.run(`undo migration ${main} --dry-run`)).toContain(
        `Git has "migrations/${main}.ts" in its last commit, or merges it`,
      );
      expect(await team.run(`undo migration ${side} --rollback`)).toMatch(/^0[^]*undone {2}\d+_side\.ts/);
      expect(await team.run("migrate")).toMatch(/migrated {2}\d+_main\.ts/);
      expect(await team.run("check --database")).toMatch(/^0/);
      expect(listMigrations(team.cwd)).toEqual(["create_all.ts", "main.ts"]);
    },
  );

  test(
    "a migration that fails for what a branch did before it says whose, and what to type",
    { timeout },
    async () => {
      const team = await createTeam({ side: addPhone, main: addLongPhone });
      team.git("switch", "-q", "side");
      mergeMain(team);
      team.git("checkout", "--theirs", "migrations/snapshot/users.json");
      const told = await team.run("migrate");
      const [side, main] = [findName(told, "side"), findName(told, "main")];
      expect(told).toContain(
        `It and "${side}" both change the table "users" as it was before either, so now it fails, or leaves something else than the snapshots say. ` +
          `Where only your databases have run "${side}", take it back: npx ashlar undo migration ${side} --rollback, then: npx ashlar migrate. ` +
          `Else take back "${main}": npx ashlar undo migration ${main} --rollback. What is left is made anew by: npx ashlar gen migrations`,
      );
      expect(told).not.toContain("drop it if nobody needs it");
    },
  );
});

test(
  "a change of a table that the other branch renamed is made anew under the new name",
  { timeout },
  async () => {
    const team = await createTeam({ side: addPhone, main: toPeople });
    team.git("switch", "-q", "side");
    team.git("merge", "-qm", "Merge", "main");
    const checked = await team.run("check");
    const side = findName(checked, "side");
    expect(checked).toMatch(/"\d+_main" calls it "people"\. {2}check\.branches/);
    expect(checked).not.toContain("check.snapshot.edited");

    expect(await team.run(`undo migration ${side} --rollback`)).toMatch(/^0/);
    expect(await team.run("migrate")).toMatch(/^0/);
    expect(await team.run("gen migrations --no-proof")).toContain("add column people.phone");
    expect(await team.run("migrate")).toMatch(/^0/);
    expect(await team.run("check --database")).toMatch(/^0/);
  },
);
