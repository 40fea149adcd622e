import fc from "fast-check";
import { testProject, type Settings, type TestProject } from "../../src/testing/index.js";

const files = {
  "src/works/team.ts": `import { integerPrimaryKey, resource, string } from "ashlar";

export class Team extends resource({
  table: "teams",
  attributes: { id: integerPrimaryKey(), name: string() },
}) {}
`,
  "src/works/product.ts": `import { resource, uuidV7PrimaryKey } from "ashlar";

export class Product extends resource({ table: "products", attributes: { id: uuidV7PrimaryKey() } }) {}
`,
  "src/works/works.ts": `import { domain } from "ashlar";
import { Product } from "./product.js";
import { Task } from "./task.js";
import { Team } from "./team.js";

export const Works = domain("Works", { resources: [Task, Team, Product] });
`,
};

/** The settings that change what is written. */
export const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  attributeCase: fc.constantFrom("camelCase", "snake_case"),
  fileCase: fc.constantFrom("kebab-case", "snake_case", "camelCase", "PascalCase"),
  importExtension: fc.constantFrom(".js", ".ts", ""),
  database: fc.constantFrom("pglite", "sqlite"),
});

/** The example with two more resources, whose keys are of other kinds. */
export function openStonyProject(given: Partial<Settings> = {}): TestProject {
  return testProject({ example: true, files, settings: given });
}
