import { usageError, type Problem } from "../../support/problem.js";
import type { Settings } from "../settings.js";
import { findDatabaseChoice, type DatabaseChoice } from "./database-choice.js";
import type { NewRequest } from "./new-request.js";
import { derivePackageName } from "./package-name.js";

/** A new project with everything decided. */
export interface NewProject {
  readonly request: NewRequest;
  /** As npm takes it. */
  readonly name: string;
  readonly database: DatabaseChoice;
  /** What will be read from its files once they are there. */
  readonly settings: Settings & { readonly knexfile: string };
}

/** @throws AshlarError of kind usage with all that is wrong in the request */
export function decideProject(request: NewRequest): NewProject {
  const name = derivePackageName(request.folderName);
  const database = findDatabaseChoice(request.database);
  if (isProblem(name) || isProblem(database)) throw usageError(...[name, database].filter(isProblem));
  return { request, name, database, settings: createSettings(database) };
}

function isProblem(value: string | DatabaseChoice | Problem): value is Problem {
  return typeof value === "object" && "code" in value;
}

function createSettings({ kind }: DatabaseChoice): NewProject["settings"] {
  return {
    source: "src",
    migrations: "migrations",
    knexfile: "knexfile.ts",
    attributeCase: "camelCase",
    fileCase: "kebab-case",
    importExtension: ".js",
    paths: {},
    database: kind,
  };
}
