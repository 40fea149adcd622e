import type { FileTree } from "../generator/file-tree.js";
import type { Notice, Plan } from "../generator/plan.js";
import { indexProject } from "../generator/project-index.js";
import type { Settings } from "../generator/settings.js";
import { listMigrationFiles } from "../generator/undo/find-generated.js";
import { keysOf } from "../support/keys-of.js";
import { configName } from "./settings/config-file.js";
import { configRules } from "./settings/config-rules.js";
import { readManifest } from "./settings/manifest.js";

/**
 * The plan of `ashlar init`: ashlar.config.json with the settings that were found. A project that has one keeps it.
 *
 * @throws AshlarError `package.syntax`
 * @example
 * const { settings } = await openSettings(root, files);
 * applyPlan(root, planInit(files, settings));
 */
export function planInit(files: FileTree, settings: Settings): Plan {
  const isThere = files.read(configName) !== undefined;
  return {
    title: isThere ? `${configName} is there already` : "Set up ashlar",
    changes: [
      isThere
        ? { kind: "identical", path: configName }
        : { kind: "create", path: configName, after: renderConfig(settings) },
    ],
    notices: findMissingPackages(files),
    next: [chooseNext(files, settings)],
  };
}

/** A project with migrations has a database, whose tables need not be typed again. */
function chooseNext(files: FileTree, settings: Settings): string {
  if (indexProject(files, settings).resources.size > 0) return "npx ashlar check";
  if (listMigrationFiles(files, settings.migrations).length > 0)
    return "npx ashlar gen resources --from-database";
  return "npx ashlar gen resource Accounts User --uuid-primary-key --attributes email:string:required";
}

/** How imports end is left to tsconfig.json, which may change. */
function renderConfig(settings: Settings): string {
  const keys = keysOf(configRules).filter((key) => key !== "importExtension");
  const config = Object.fromEntries(keys.map((key) => [key, settings[key]]));
  return `${JSON.stringify({ $schema: "./node_modules/ashlar/schema.json", ...config }, null, 2)}\n`;
}

function findMissingPackages(files: FileTree): Notice[] {
  const { dependencies } = readManifest(files);
  const missing = ["ashlar", "knex"].filter((name) => !dependencies.includes(name));
  if (missing.length === 0) return [];
  return [
    {
      code: "init.dependency.missing",
      severity: "warning",
      message: `package.json does not list ${missing.join(" and ")} among its dependencies.`,
      hint: `npm install ${missing.join(" ")}`,
    },
  ];
}
