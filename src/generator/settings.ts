/** How the project spells attribute names in TypeScript. Columns are always snake_case. */
export type AttributeCase = "camelCase" | "snake_case";

/** How relative imports end. */
export type ImportExtension = ".js" | ".ts" | "";

export type DatabaseKind = "pglite" | "sqlite" | "postgres";

/** What a project has decided: from ashlar.config.json where there is one, else detected by the host. */
export interface Settings {
  /** Folder of the sources, relative to the root, such as `src`. */
  readonly source: string;
  /** Folder of the migrations, relative to the root, such as `migrations`. */
  readonly migrations: string;
  /** Path of the knexfile, relative to the root. */
  readonly knexfile?: string;
  readonly attributeCase: AttributeCase;
  /** How file names are spelled: `user-task.ts`, `user_task.ts`, `userTask.ts`, `UserTask.ts`. */
  readonly fileCase: "kebab-case" | "snake_case" | "camelCase" | "PascalCase";
  /** What the module settings ask for; a file that does otherwise keeps its own way. */
  readonly importExtension: ImportExtension;
  /** `paths` of the tsconfig, as alias pattern to target patterns relative to the root. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** `baseUrl` of the tsconfig, relative to the root: where imports may lead that are not relative. */
  readonly baseUrl?: string;
  readonly database: DatabaseKind;
}
