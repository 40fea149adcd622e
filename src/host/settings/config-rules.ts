import type { Settings } from "../../generator/settings.js";

/** What ashlar.config.json may say; whatever it leaves out is detected. */
export type ConfigFile = Partial<Omit<Settings, "paths" | "baseUrl">>;
export type ConfigKey = keyof ConfigFile;

/** What a setting of ashlar.config.json must be. `schema.json` says the same to editors; a test holds the two together. */
export type ConfigRule = { readonly description: string } & (
  { readonly kind: "path" } | { readonly kind: "choice"; readonly choices: readonly string[] }
);

export const configRules: Readonly<Record<ConfigKey, ConfigRule>> = {
  source: { kind: "path", description: "Folder of the sources, relative to this file." },
  migrations: { kind: "path", description: "Folder of the migrations, relative to this file." },
  knexfile: { kind: "path", description: "The knexfile, relative to this file." },
  database: {
    kind: "choice",
    choices: ["pglite", "sqlite", "postgres"],
    description: "The database that migrations are written for.",
  },
  attributeCase: {
    kind: "choice",
    choices: ["camelCase", "snake_case"],
    description: "How attributes are spelled in TypeScript. Columns are always snake_case.",
  },
  fileCase: {
    kind: "choice",
    choices: ["kebab-case", "snake_case", "camelCase", "PascalCase"],
    description:
      "How the names of new files are spelled: user-task.ts, user_task.ts, userTask.ts or UserTask.ts.",
  },
  importExtension: {
    kind: "choice",
    choices: [".js", ".ts", ""],
    description: "How relative imports end in new files. Best left out: tsconfig.json says it.",
  },
};
