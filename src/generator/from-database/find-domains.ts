import { toPascalCase } from "../../support/casing.js";
import type { GeneratorContext } from "../context.js";
import type { FromDatabaseRequest } from "../from-database-request.js";
import type { ProjectIndex } from "../project-index.js";
import type { Problems } from "../request/problems.js";
import { globalNames } from "../reserved-words.js";
import { findDomainTarget, type DomainTarget } from "../resource/find-target.js";
import { listClassNames } from "./name-tables.js";
import type { SelectedTable } from "./select-tables.js";
import { findUsableWords } from "./usable-words.js";

interface DomainContext {
  readonly request: FromDatabaseRequest;
  readonly context: GeneratorContext;
  readonly index: ProjectIndex;
}

/**
 * The domain of each table: the one that was asked for, or one for each schema, that of the connection's own schema
 * named after the project.
 */
export function findDomains(
  tables: readonly SelectedTable[],
  { request, context, index }: DomainContext,
  problems: Problems,
): (table: SelectedTable) => DomainTarget {
  const classes = new Set(tables.map((table) => listClassNames(table)[0]));
  const nameOf = (schema: string | undefined) =>
    request.domain ?? avoid(schema === undefined ? findProjectName(context) : nameSchema(schema), classes);
  const schemas = new Set(tables.map(({ table }) => table.schema));
  const names = [...new Set([...schemas].map(nameOf))];
  const targets = new Map(names.map((name) => [name, findDomainTarget(name, context, index, problems)]));
  return ({ table }) => {
    const name = nameOf(table.schema);
    return targets.get(name) ?? { name, path: "" };
  };
}

function nameSchema(schema: string): string {
  return toPascalCase(findUsableWords(schema, "schema").join("_"));
}

/** A domain that would share its name with a resource of it would share its file too. */
function avoid(name: string, classes: ReadonlySet<string>): string {
  return classes.has(name) || globalNames.has(name) ? `${name}Data` : name;
}

function findProjectName({ files }: GeneratorContext): string {
  const name = /"name"\s*:\s*"(?:@[^/"]*\/)?([^"]+)"/.exec(files.read("package.json") ?? "")?.[1];
  return toPascalCase(findUsableWords(name ?? "main", "project").join("_"));
}
