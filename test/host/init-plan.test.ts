import { expect, test } from "vitest";
import { openSettings } from "../../src/host/detect.js";
import { createDiskTree } from "../../src/host/disk-tree.js";
import { planInit } from "../../src/host/init-plan.js";
import { applyPlan } from "../../src/host/writer.js";
import { createProjectFolder, readWholeTree } from "./temporary-project.js";

async function planFor(root: string) {
  const files = createDiskTree(root);
  const { settings } = await openSettings(root, files);
  return { settings, plan: planInit(files, settings) };
}

test("init writes what was found, and the second time nothing", async () => {
  const root = createProjectFolder({
    "package.json": '{ "dependencies": { "ashlar": "1", "knex": "3" } }',
    "knexfile.ts": 'export default { client: "pg" }',
  });
  const { plan, settings } = await planFor(root);
  expect(plan.notices).toEqual([]);
  applyPlan(root, plan);
  expect(readWholeTree(root)["ashlar.config.json"]).toBe(
    `644 {
  "$schema": "./node_modules/ashlar/schema.json",
  "source": "src",
  "migrations": "migrations",
  "knexfile": "knexfile.ts",
  "database": "postgres",
  "attributeCase": "camelCase",
  "fileCase": "kebab-case"
}
`,
  );
  const again = await planFor(root);
  expect(again.settings).toEqual(settings);
  expect(again.plan.changes).toEqual([{ kind: "identical", path: "ashlar.config.json" }]);
});

test("init warns of what has to be installed", async () => {
  const { plan } = await planFor(
    createProjectFolder({ "package.json": '{ "dependencies": { "ashlar": "1" } }' }),
  );
  expect(plan.notices).toMatchObject([
    {
      severity: "warning",
      message: "package.json does not list knex among its dependencies.",
      hint: "npm install knex",
    },
  ]);
});

test.each([
  ["a project without either", {}, "gen resource Accounts User"],
  [
    "migrations",
    { "migrations/20260101000000_users.js": "exports.up = () => {};" },
    "gen resources --from-database",
  ],
  [
    "resources",
    {
      "migrations/20260101000000_users.ts": "export async function up() {}",
      "src/user.ts": 'import { resource } from "ashlar";\nexport class User extends resource({}) {}\n',
    },
    "check",
  ],
])("init goes on with what fits %s", async (_, more, command) => {
  const { plan } = await planFor(createProjectFolder({ "package.json": "{}", ...more }));
  expect(plan.next).toEqual([expect.stringContaining(`npx ashlar ${command}`)]);
});
