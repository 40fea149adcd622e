import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A project beside a database, as one that begins to use ashlar. */
export interface ImportProject {
  readonly root: string;
  dispose(): void;
}

/** Makes a project whose knexfile leads to a database, with an empty `node_modules`. */
export function makeImportProject(kind: "sqlite" | "postgres", connection: object): ImportProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "ashlar-import-")));
  mkdirSync(join(root, "node_modules"));
  for (const [path, text] of Object.entries(describeFiles(kind, connection))) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

function describeFiles(kind: "sqlite" | "postgres", connection: object): Readonly<Record<string, string>> {
  const client = kind === "sqlite" ? "SqliteClient" : `"pg"`;
  const clientImport = kind === "sqlite" ? `import { SqliteClient } from "ashlar/sqlite";\n` : "";
  return {
    "package.json": `{ "name": "shop", "private": true, "type": "module", "dependencies": { "knex": "*", "${kind === "sqlite" ? "libsql" : "pg"}": "*" } }\n`,
    "tsconfig.json": tsconfig,
    "knexfile.ts": `${clientImport}
export default { client: ${client}, connection: ${JSON.stringify(connection)}, useNullAsDefault: true };
`,
    "src/repo.ts": `import { createRepo } from "ashlar";
import knex from "knex";

export const repo = createRepo(knex({ client: "pg" }), { domains: [] });
`,
  };
}

const tsconfig = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "types": [],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "exactOptionalPropertyTypes": true,
    "noUnusedLocals": true,
    "verbatimModuleSyntax": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["src"]
}
`;
