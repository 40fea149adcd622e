import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { InMemoryFileSystemHost, Project, ts } from "ts-morph";
import { buildFrame, findLocation } from "../generator/source/code-frame.js";
import { findPackageRoot } from "../host/templates.js";
import type { Problem } from "../support/problem.js";

/**
 * What the compiler says of files in memory, as if they lay in a folder below `cwd`: packages are found in the
 * `node_modules` there and above. The compiler is the one that ashlar carries.
 */
export function findTypeProblems(files: ReadonlyMap<string, string>, cwd: string): readonly Problem[] {
  const root = join(cwd, ".ashlar-test-project");
  const project = openProject(files, root);
  const program = project.getProgram().compilerObject;
  return [...files.keys()].filter(isSource).flatMap((path) => {
    const file = program.getSourceFile(toPosix(join(root, path)));
    const found = file && [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return (found ?? []).map((diagnostic) => describe(diagnostic, path, root));
  });
}

function openProject(files: ReadonlyMap<string, string>, root: string): Project {
  const fileSystem = new Overlay();
  for (const [path, text] of files) fileSystem.writeFileSync(join(root, path), text);
  const project = new Project({
    fileSystem,
    skipAddingFilesFromTsConfig: true,
    ...(files.has("tsconfig.json") && { tsConfigFilePath: join(root, "tsconfig.json") }),
  });
  const { paths } = project.compilerOptions.get();
  project.compilerOptions.set({ noEmit: true, skipLibCheck: true, paths: { ...paths, ...findOwnTypes() } });
  for (const path of files.keys()) if (isSource(path)) project.addSourceFileAtPath(join(root, path));
  return project;
}

/** `ashlar` is the package that this code belongs to: its sources where it runs from them, else what was built. */
function findOwnTypes(): Readonly<Record<string, string[]>> {
  const isSources = fileURLToPath(import.meta.url).endsWith(".ts");
  const folder = join(findPackageRoot(), isSources ? "src" : "dist");
  return { ashlar: [join(folder, "runtime/index")], "ashlar/*": [join(folder, "databases/*")] };
}

/** The disk, with files in memory over it. */
class Overlay extends InMemoryFileSystemHost {
  override fileExistsSync(path: string): boolean {
    return super.fileExistsSync(path) || isOnDisk(path, "isFile");
  }

  override directoryExistsSync(path: string): boolean {
    return super.directoryExistsSync(path) || isOnDisk(path, "isDirectory");
  }

  override readFileSync(path: string, encoding?: string): string {
    return super.fileExistsSync(path) ? super.readFileSync(path, encoding) : readFileSync(path, "utf8");
  }

  override realpathSync(path: string): string {
    return existsSync(path) ? toPosix(realpathSync(path)) : path;
  }
}

function isOnDisk(path: string, kind: "isFile" | "isDirectory"): boolean {
  return statSync(path, { throwIfNoEntry: false })?.[kind]() === true;
}

function isSource(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

function describe({ code, messageText, file, start }: ts.Diagnostic, path: string, root: string): Problem {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n").replaceAll(`${toPosix(root)}/`, "");
  const problem = { code: `typescript.${code}`, message };
  if (file === undefined || start === undefined) return problem;
  const location = findLocation(path, file.text, start);
  return { ...problem, location, frame: buildFrame(file.text, location) };
}

function toPosix(path: string): string {
  return path.split(sep).join("/");
}
