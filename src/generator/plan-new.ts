import type { Formatter, GeneratorContext } from "./context.js";
import { DraftTree } from "./new/draft-tree.js";
import { exampleRequests } from "./new/example-requests.js";
import { decideProject, type NewProject } from "./new/new-project.js";
import type { NewRequest } from "./new/new-request.js";
import { listNextCommands } from "./new/next-commands.js";
import { listProjectFiles } from "./new/project-files.js";
import { buildProjectLocals } from "./new/project-locals.js";
import { planResource } from "./plan-resource.js";
import type { Change, Plan } from "./plan.js";
import { renderTemplate } from "./template.js";

/** What the planning of a new project may know: there are no files and no settings yet. */
export type NewContext = Omit<GeneratorContext, "files" | "settings">;

/**
 * What `new` would do: every file of a project that installs, type-checks, migrates and passes its tests.
 *
 * @throws AshlarError of kind usage where the folder gives no name for a package, or the database is unknown
 * @example
 * const plan = await planNew({ folder: "shop", folderName: "shop", example: true, install: true, packages }, context);
 * plan.changes[0]; // { kind: "create", path: "package.json", … }
 */
export async function planNew(request: NewRequest, context: NewContext): Promise<Plan> {
  const project = decideProject(request);
  const draft = new DraftTree();
  writeTemplates(draft, project, context);
  if (request.example) await writeExample(draft, project, context);
  return {
    title: `${project.name}, a project on ${project.database.title}`,
    changes: await Promise.all(draft.paths.map((path) => createFile(draft, path, context.formatter))),
    notices: [],
    next: listNextCommands(request),
  };
}

function writeTemplates(draft: DraftTree, project: NewProject, { templates }: NewContext): void {
  const locals = buildProjectLocals(project);
  for (const { path, folder } of listProjectFiles(project)) {
    const template = `new/${folder}/${path}.ejs`;
    draft.write(path, renderTemplate({ files: new DraftTree(), templates }, template, locals));
  }
}

/** As if each resource had been asked for in the project, one after the other. */
async function writeExample(draft: DraftTree, project: NewProject, context: NewContext): Promise<void> {
  const { settings } = project;
  const formatter = { ...context.formatter, ...leaveAsIs };
  for (const request of exampleRequests) {
    draft.apply(await planResource(request, { ...context, files: draft, settings, formatter }));
  }
}

/** Each file is formatted once, when it is finished. */
const leaveAsIs: Pick<Formatter, "formatNew" | "formatPatched"> = {
  formatNew: async (_path, text) => text,
  formatPatched: async (_path, _before, after) => after,
};

async function createFile(draft: DraftTree, path: string, formatter: Formatter): Promise<Change> {
  return { kind: "create", path, after: await formatter.formatNew(path, draft.read(path) ?? "") };
}
