import type { Knex } from "knex";
import { testProject, type TestProject } from "../../src/testing/index.js";
import type { Block, Page } from "./page.js";
import { toScript } from "./page-source.js";

export type Files = Readonly<Record<string, string>>;

/** A part of a page: its blocks behind a command of the generator or an edit, and the project as that left it. */
export interface Stage {
  readonly page: Page;
  readonly files: Files;
  /** What the command did that the page does not show. */
  readonly problems: readonly string[];
}

/**
 * The parts of a page, each with the project that its blocks may import: a new one with the example in it, on which the
 * commands of the page's console blocks were run. Migrations are made for the database.
 */
export async function listStages(
  page: Page,
  database: "pglite" | "sqlite" = "pglite",
): Promise<readonly Stage[]> {
  const project = testProject({
    example: true,
    settings: { database },
    now: new Date("2026-11-22T19:00:00Z"),
    files: { ".prettierrc.json": `{ "printWidth": 110 }` },
  });
  const stages = [
    { page: { ...page, blocks: [] as Block[] }, files: project.files, problems: [] as string[] },
  ];
  for (const block of page.blocks) {
    const said = await runBlock(project, block);
    if (said !== undefined) {
      const problems = said.map((words) => `${page.path}:${String(block.line)} ${words}`);
      stages.push({ page: { ...page, blocks: [] }, files: project.files, problems });
    }
    stages.at(-1)?.page.blocks.push(block);
  }
  return stages;
}

/** What is wrong with a block that changes the project; undefined where it does not change it. */
async function runBlock(project: TestProject, block: Block): Promise<readonly string[] | undefined> {
  if (block.language === "diff") return editFile(project, block);
  const command = findCommand(block);
  if (command === undefined) return undefined;
  const { changed, refused, title } = await project.run(command);
  const shown = [title, ...changed].filter((words) => !block.text.includes(words));
  return [...refused.map(({ message }) => message), ...shown.map((words) => `does not show: ${words}`)];
}

/** A change by hand: its first line is the path as a comment, and a line of `…` stands for what lies between. */
function editFile(project: TestProject, { text }: Block): readonly string[] {
  const [, path = "", lines = ""] = /^ ?\/\/ (\S+)\n([\s\S]*)$/.exec(text) ?? [];
  return lines.split(/^ *…\n/m).flatMap((hunk) => {
    const [before, after] = ["+", "-"].map((sign) =>
      hunk.replaceAll(new RegExp(`^[${sign}].*\\n`, "gm"), "").replaceAll(/^[-+ ]/gm, ""),
    );
    const file = project.read(path);
    if (before === undefined || !file.includes(before))
      return [`changes what is not in ${path}: ${before ?? ""}`];
    project.write(
      path,
      file.replace(before, () => after ?? ""),
    );
    return [];
  });
}

function findCommand({ language, text }: Block): string | undefined {
  if (language !== "console") return undefined;
  return /^\$ npx ashlar (gen resource (?:.*\\\n)*.*)$/m.exec(text)?.[1];
}

/** Runs the migrations that one state of a project has and an earlier one has not, as the texts that they are. */
export async function migrateProject(knex: Knex, files: Files, before: Files): Promise<void> {
  const paths = Object.keys(files).filter((path) => /^migrations\/.*\.ts$/.test(path));
  for (const path of paths.filter((each) => before[each] === undefined).toSorted()) {
    const module: { up?: (knex: Knex) => Promise<void> } = {};
    new Function("exports", toScript(files[path] ?? ""))(module);
    await module.up?.(knex);
  }
}
