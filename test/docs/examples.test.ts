import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../databases/engines.js";
import { compilePages } from "./compile-pages.js";
import { findExcerptPath, findRunOn, listSources, parsePage, readPages } from "./page.js";
import { listStages } from "./recipe-project.js";
import { runPage } from "./run-page.js";

const pages = readPages();

describe("the examples of the documentation", () => {
  it("compile under strict", async () => {
    expect(await compilePages(pages)).toEqual([]);
  });

  it("are run, all but a few", () => {
    const blocks = pages.flatMap(listSources);
    const idle = blocks.filter((block) => findRunOn(block) === "none");
    expect(idle.length).toBeLessThanOrEqual(blocks.length / 20);
  });

  it("show the files of the recipe as its command makes them", async () => {
    const stages = (await Promise.all(pages.map((page) => listStages(page)))).flat();
    const wrong = stages.flatMap(({ page, files }) =>
      page.blocks.flatMap((block) => {
        const path = findExcerptPath(block);
        const lines = block.text.slice(block.text.indexOf("\n") + 1);
        return path === undefined || files[path]?.includes(lines)
          ? []
          : [`${page.path}:${String(block.line)}`];
      }),
    );
    expect([...wrong, ...stages.flatMap(({ problems }) => problems)]).toEqual([]);
  });
});

describe.each(databaseKinds)("on %s", (kind) => {
  const runnable = pages.filter((page) => listSources(page).length > 0);

  describe.each(runnable.map((page) => [page.path, page] as const))("%s", (_path, page) => {
    let database: TestDatabase;

    beforeAll(async () => {
      database = await openDatabase(kind);
    }, databaseTimeout);

    afterAll(() => database.close());

    it("does what it says", async () => {
      expect((await runPage(page, database)).join("\n\n")).toBe("");
    });
  });
});

describe("a page that is wrong", () => {
  const wrong = parsePage(
    "wrong.md",
    [
      "```ts",
      `import { createRepo, domain, resource, string, uuidPrimaryKey } from "ashlar";`,
      `import knex from "knex";`,
      `import config from "./knexfile.js";`,
      `class Note extends resource({ table: "notes", attributes: { id: uuidPrimaryKey(), text: string() }, actions: { defaults: ["create"] } }) {}`,
      `const repo = createRepo(knex(config), { domains: [domain("Notes", { resources: [Note] })] });`,
      `(await repo.create(Note, { text: "a" })).text; // "b"`,
      `await repo.create(Note, { text: "a" }); // throws record.not_found`,
      `await repo.create(Note, { text: "a" }); // { text: "a", … }; sends 2 statements`,
      `const text: number = "a";`,
      `const right = 1; // type error`,
      `await repo.query(Note).read();`,
      "```",
      "```sql",
      `delete from "notes";`,
      "```",
    ].join("\n"),
  );

  it("is told of each claim that does not hold, with its line", async () => {
    const database = await openDatabase("pglite");
    const problems = await runPage(wrong, database);
    await database.close();
    expect(problems).toEqual([
      expect.stringMatching(/^wrong\.md:7 is 'a'\ninstead of 'b'/),
      expect.stringMatching(/^wrong\.md:8 throws nothing\ninstead of record\.not_found/),
      expect.stringMatching(/^wrong\.md:9 sends 1 statements instead of 2/),
      expect.stringMatching(/^wrong\.md:15 the SQL that was sent is/),
    ]);
  });

  it("is told of what the compiler finds, and of what it does not find", async () => {
    expect(await compilePages([wrong])).toEqual([
      expect.stringMatching(/^wrong\.md:10 Type 'string' is not assignable to type 'number'/),
      "wrong.md:11 is no type error",
    ]);
  });
});
