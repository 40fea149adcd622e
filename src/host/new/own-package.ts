import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { ProjectPackages } from "../../generator/new/new-request.js";
import { failure } from "../../support/problem.js";

/**
 * What a project's package.json says of the ashlar that runs, and of what ashlar is tested with. A checkout of ashlar
 * is in no registry, so its folder is named, relative to the project's.
 *
 * @param own the folder of the ashlar package
 * @param project the folder of the new project
 * @throws AshlarError `new.checkout.unbuilt` where npm would install a package without its code
 * @example
 * readProjectPackages("/home/ada/shop/node_modules/ashlar", "/home/ada/blog").ashlar; // "^0.1.0"
 * readProjectPackages("/home/ada/ashlar", "/home/ada/blog").ashlar; // "file:../ashlar"
 */
export function readProjectPackages(own: string, project: string): ProjectPackages {
  const { version, devDependencies } = readManifest(own);
  if (isInstalled(own)) return { ashlar: `^${version}`, versions: devDependencies };
  refuseUnbuilt(own);
  return { ashlar: `file:${toSlashes(relative(project, own))}`, versions: devDependencies };
}

interface OwnManifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function readManifest(own: string): OwnManifest {
  return JSON.parse(readFileSync(join(own, "package.json"), "utf8"));
}

function isInstalled(own: string): boolean {
  return realpathSync(own).split(sep).includes("node_modules");
}

function refuseUnbuilt(own: string): void {
  if (existsSync(join(own, "dist", "runtime", "index.js"))) return;
  throw failure({
    code: "new.checkout.unbuilt",
    message: `This ashlar is a checkout, "${own}", and has not been built: a project could not install it.`,
    hint: `Build it, then run the command again: npm run build --prefix ${own}`,
  });
}

function toSlashes(path: string): string {
  return path.split(sep).join("/");
}
