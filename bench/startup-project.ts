import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exampleProject } from "../src/testing/projects.js";

/** A project to run the recipe in. */
export interface StartupProject {
  readonly root: string;
  /** Makes it as it was before the recipe ran. */
  reset(): void;
}

/** Ten resources a domain, one of which refers to another, as projects have them. */
const domainSize = 10;

/** Makes the project that the recipe assumes, with so many resources beside its own two. */
export function createStartupProject(root: string, resources: number): StartupProject {
  writeFiles(root, listFillers(resources));
  const reset = (): void => {
    for (const touched of ["src/accounts", "src/works", "migrations"]) {
      rmSync(join(root, touched), { recursive: true, force: true });
    }
    writeFiles(root, exampleProject);
  };
  reset();
  return { root, reset };
}

function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function listFillers(count: number): Record<string, string> {
  const domains = Array.from({ length: Math.ceil(count / domainSize) }, (_, index) => index);
  const files = domains.flatMap((domain) => {
    const numbers = Array.from({ length: domainSize }, (_, index) => domain * domainSize + index);
    return [
      [`src/area${domain}/area${domain}.ts`, renderDomain(domain, numbers)] as const,
      ...numbers.map((number) => [`src/area${domain}/item${number}.ts`, renderResource(number)] as const),
    ];
  });
  return Object.fromEntries(files);
}

function renderDomain(domain: number, numbers: readonly number[]): string {
  const imports = numbers.map((number) => `import { Item${number} } from "./item${number}.js";\n`).join("");
  const names = numbers.map((number) => `Item${number}`).join(", ");
  return `import { domain } from "ashlar";\n${imports}\nexport const Area${domain} = domain("Area${domain}", {\n  resources: [${names}],\n});\n`;
}

function renderResource(number: number): string {
  const next = number + ((number + 1) % domainSize === 0 ? 1 - domainSize : 1);
  return `import { belongsTo, resource, string, uuid, uuidPrimaryKey } from "ashlar";
import { Item${next} } from "./item${next}.js";

export class Item${number} extends resource({
  table: "item${number}s",
  attributes: {
    id: uuidPrimaryKey(),
    title: string().required(),
    nextId: uuid(),
  },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    next: belongsTo(() => Item${next}, { sourceAttribute: "nextId" }),
  };
}
`;
}
