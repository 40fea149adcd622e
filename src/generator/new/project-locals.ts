import { toSnakeCase } from "../../support/casing.js";
import type { NewProject } from "./new-project.js";
import { listFirstCommands } from "./next-commands.js";

/** What the templates of a new project are told, all of them alike. */
export function buildProjectLocals(project: NewProject): object {
  const { name, database, settings, request } = project;
  return {
    ...settings,
    name,
    dependencies: listPackages(project, ["ashlar", "knex", ...database.dependencies]),
    devDependencies: listPackages(project, ["@types/node", "tsx", "typescript", ...database.devDependencies]),
    ignored: database.ignored,
    note: database.note,
    databaseUrl: `postgres://localhost:5432/${toSnakeCase(name)}`,
    first: listFirstCommands(request, " \\\n  "),
  };
}

/** Lines of package.json, in npm's order. */
function listPackages({ request }: NewProject, names: readonly string[]): readonly string[] {
  const { ashlar, versions } = request.packages;
  const ranges: Readonly<Record<string, string>> = { ...versions, ashlar };
  return names.toSorted().map((name) => {
    const range = ranges[name];
    if (range === undefined) throw new Error(`No version of ${name} is known.`);
    return `${JSON.stringify(name)}: ${JSON.stringify(range)}`;
  });
}
