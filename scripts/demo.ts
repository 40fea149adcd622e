/**
 * Shows the recipe: a new project, one command that makes a many-to-many in it, the migrations run, the database read
 * back, and the same command again. Then the resources change, and a migration is made of that and run. Everything is
 * typed as a user would type it, and the project stays.
 */
import { copyFileSync, existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import pc from "picocolors";
import { renderDiffs } from "../src/cli/report/diff.js";
import { editFile, findChanges, readFiles } from "./demo/project-files.js";
import { renderTables } from "./demo/render-tables.js";
import { renderTree } from "./demo/render-tree.js";
import { runCommand } from "./demo/run-command.js";

const recipe =
  "gen resource Accounts UserTask --primary-key user_id,task_id --attributes user_id:uuid:required --attributes task_id:uuid:required";

const folder = findFreeFolder(".demo/shop");
const project = resolve(folder);

tell(
  "A new project",
  "Two domains to start from: Accounts, with the resource User, and Works, with Task. They know nothing of each other.",
);
const words = ["new", folder, "--example"];
runCommand({
  typed: `node bin/ashlar.js ${words.join(" ")}`,
  script: "bin/ashlar.js",
  args: words,
  folder: ".",
});

tell("The recipe", "One line makes a many-to-many of them: tasks have users, users have tasks.");
const before = readFiles(project);
runAshlar(recipe);
const changes = findChanges(before, readFiles(project));

tell("The files", "What the project holds now.");
console.log(`${renderTree(relative("", project), changes)}\n`);
console.log("What is new in them, line by line:\n");
const sources = changes.filter(({ path }) => path.endsWith(".ts"));
console.log(renderDiffs({ title: "", changes: sources, notices: [], next: [] }, pc));

tell(
  "The types",
  "What was written type-checks under strict, as it is; so does a script that uses it, src/try-it.ts.",
);
copyFileSync(join(import.meta.dirname, "demo/try-it.ts.txt"), join(project, "src/try-it.ts"));
runCommand({ typed: "npx tsc", script: "node_modules/typescript/bin/tsc", args: [], folder: project });
console.log("No errors.\n");

tell("The database", "PostgreSQL, embedded in the process by PGlite. The migrations build it.");
runAshlar("migrate");
console.log("\nThe tables, as the database describes them:\n");
console.log(`${await renderTables(project)}\n`);

tell(
  "The records",
  "The script makes a user and tasks and relates them. Under each line stands the SQL that it sent.",
);
runCommand({
  typed: "npx tsx src/try-it.ts",
  script: "node_modules/tsx/dist/cli.mjs",
  args: ["src/try-it.ts"],
  folder: project,
});

tell("The same line again", "All of it is there, so nothing changes.");
runAshlar(recipe);

tell(
  "A change",
  "Tasks get a day they are due on, with an index; the column of a user's name is called full_name. That takes a migration, which is tried before it is kept.",
);
editFile(project, "src/works/task.ts", [
  [/\bboolean,/, "boolean, date,"],
  [/^( *)done: .*\n/m, "$&$1dueOn: date(),\n"],
  [/^( *)actions: /m, '$1indexes: { byDueOn: { on: ["dueOn"] } },\n$&'],
]);
editFile(project, "src/accounts/user.ts", [["name: string()", 'name: string().column("full_name")']]);
runAshlar("gen migrations --rename users.name:full_name");

tell(
  "The database, changed",
  "The migration runs, and the database is compared with what the resources say.",
);
runAshlar("migrate");
console.log();
runAshlar("check --database");

tell("Yours to play with", `The project stays in ${folder}. To go on from there:`);
for (const next of [
  `cd ${folder}`,
  "npx ashlar gen resource Works Project --attributes name:string:required --timestamps",
  "npx ashlar migrate",
  "npm test",
]) {
  console.log(`  ${pc.bold(next)}`);
}
console.log();

/** Demos before this one are somebody's projects by now. */
function findFreeFolder(wanted: string, number = 1): string {
  const path = number === 1 ? wanted : `${wanted}-${number}`;
  return existsSync(path) ? findFreeFolder(wanted, number + 1) : path;
}

function tell(heading: string, text: string): void {
  console.log(`\n${pc.inverse(pc.bold(` ${heading} `))}\n${text}\n`);
}

function runAshlar(words: string): void {
  const script = "node_modules/ashlar/bin/ashlar.js";
  runCommand({ typed: `npx ashlar ${words}`, script, args: words.split(" "), folder: project });
}
