import { basename } from "node:path";
import { DraftTree } from "../../generator/new/draft-tree.js";
import type { NewRequest } from "../../generator/new/new-request.js";
import type { NewContext } from "../../generator/plan-new.js";
import { createFormatter } from "../formatter.js";
import { createTemplateSource, findPackageRoot } from "../templates.js";
import { checkNewFolder } from "./new-folder.js";
import { readProjectPackages } from "./own-package.js";

/** What was typed after `new`. */
export type NewArguments = Pick<NewRequest, "folder" | "database" | "example" | "install">;

/** What the planning of a new project takes. */
export interface NewProjectOpening {
  readonly request: NewRequest;
  readonly context: NewContext;
}

/**
 * Looks at the place of a new project.
 *
 * @param root the folder, absolute
 * @throws AshlarError as `checkNewFolder` and `readProjectPackages` do
 * @example
 * const { request, context } = openNewProject("/home/ada/shop", { folder: "shop", example: true, install: true }, new Date());
 * applyPlan("/home/ada/shop", await planNew(request, context));
 */
export function openNewProject(root: string, given: NewArguments, now: Date): NewProjectOpening {
  checkNewFolder(root, given.folder);
  const { folder, example, install, database } = given;
  const packages = readProjectPackages(findPackageRoot(), root);
  const settings = { source: "src", migrations: "migrations" };
  return {
    request: {
      ...{ folder, folderName: basename(root), example, install, packages },
      ...(database !== undefined && { database }),
    },
    context: {
      templates: createTemplateSource(),
      formatter: createFormatter({ root, files: new DraftTree(), settings }),
      now,
    },
  };
}
