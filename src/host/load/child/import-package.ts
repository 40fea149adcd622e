import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { createMissingPackageError } from "./module-failure.js";

type Namespace = Readonly<Record<string, unknown>>;

/**
 * A package as a module that the project's modules can be linked with; Node loads it as for the importing file.
 *
 * @throws AshlarError `project.module.missing` where it is not installed
 */
export async function importPackage(name: string, from: string, text: string): Promise<vm.Module> {
  const namespace = await importFrom(name, from).catch((error: unknown) => {
    throw isMissing(error) ? createMissingPackageError(name, from, text) : error;
  });
  return createModule(`node:package/${name}`, isBuiltin(name) ? namespace : widen(namespace));
}

/** A module around a value that is its default export, and whose properties are its named ones. */
export function createValueModule(path: string, value: unknown): vm.Module {
  return createModule(pathToFileURL(path).href, widen({ default: value }));
}

function importFrom(name: string, from: string): Promise<Namespace> {
  const script = new vm.Script("(name) => import(name)", {
    filename: join(dirname(from), "import"),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const load: (name: string) => Promise<Namespace> = script.runInThisContext();
  return load(name);
}

function createModule(identifier: string, values: Namespace): vm.Module {
  const names = Object.keys(values);
  return new vm.SyntheticModule(
    names,
    function (this: vm.SyntheticModule) {
      for (const name of names) this.setExport(name, values[name]);
    },
    { identifier },
  );
}

/**
 * CommonJS as compiled TypeScript takes it: properties that Node's scan did not see are exports too, and where another
 * compiler marked it as a module, its default is what was exported by default.
 */
function widen(namespace: Namespace): Namespace {
  const value = namespace["default"];
  if (typeof value !== "object" && typeof value !== "function") return namespace;
  if (value === null) return namespace;
  // Whatever it is, it has properties by their names.
  const own = value as Namespace;
  const isModule = own["__esModule"] === true && "default" in own;
  return { ...pickNames(own), ...namespace, ...(isModule && { default: own["default"] }) };
}

function pickNames(value: Namespace): Namespace {
  const names = Object.keys(value).filter(
    (name) => Object.getOwnPropertyDescriptor(value, name)?.get === undefined,
  );
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
}
