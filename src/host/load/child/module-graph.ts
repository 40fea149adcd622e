/**
 * Loads a project's modules as Node would if it could read them: each once, in the order of their imports, with live
 * bindings, so that modules which import each other in a circle work as they do when the project runs. Types are
 * stripped in memory and nothing is written. Packages are Node's own business.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import { compileSource, findFormat } from "./compile-source.js";
import { createValueModule, importPackage } from "./import-package.js";
import { createMissingModuleError, findDeclaredTwice, findMissingExport } from "./module-failure.js";
import { resolveImport, type ResolvedImport, type ResolveOptions } from "./resolve-module.js";

/** A module of the project that has run. */
export interface LoadedModule {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly namespace: object;
}

export class ModuleGraph {
  readonly #options: ResolveOptions;
  readonly #modules = new Map<string, vm.Module>();
  readonly #packages = new Map<string, Promise<vm.Module>>();
  readonly #texts = new Map<string, string>();
  readonly #commonJs = new Map<string, { exports: unknown }>();

  constructor(options: ResolveOptions) {
    this.#options = options;
  }

  /** Runs a module and all that it imports. */
  async load(path: string): Promise<object> {
    return (await this.#run(this.#open(path))).namespace;
  }

  /** The modules that have run, in the order in which they were met. */
  get loaded(): readonly LoadedModule[] {
    return [...this.#texts].flatMap(([path, text]) => {
      const module = this.#modules.get(path);
      return module?.status === "evaluated" ? [{ path, text, namespace: module.namespace }] : [];
    });
  }

  async #run(module: vm.Module): Promise<vm.Module> {
    if (module.status === "unlinked") await this.#link(module);
    await module.evaluate();
    return module;
  }

  /** Node does not say which module asks for a name that another lacks. */
  async #link(module: vm.Module): Promise<void> {
    try {
      await module.link((specifier, parent) => this.#find(specifier, parent));
    } catch (error) {
      throw findMissingExport(error, this.#texts) ?? error;
    }
  }

  #find(specifier: string, { identifier }: vm.Module): vm.Module | Promise<vm.Module> {
    const from = fileURLToPath(identifier);
    const found = this.#resolve(specifier, from);
    return found.kind === "source" ? this.#open(found.path) : this.#openPackage(found.name, from);
  }

  #resolve(specifier: string, from: string): ResolvedImport {
    const found = resolveImport(specifier, from, this.#options);
    if (found === undefined) throw createMissingModuleError(specifier, from, this.#readText(from));
    return found;
  }

  #open(path: string): vm.Module {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const module = this.#create(path);
    this.#modules.set(path, module);
    return module;
  }

  #create(path: string): vm.Module {
    const text = this.#readText(path);
    if (extname(path) === ".json") return createValueModule(path, JSON.parse(text));
    const format = findFormat(path, text);
    if (format === "commonjs") return createValueModule(path, this.#require(path));
    try {
      return compileSource({ path, text, format }, this.#options.root, (code) =>
        this.#createSourceModule(path, code),
      );
    } catch (error) {
      throw findDeclaredTwice(error, path, text) ?? error;
    }
  }

  #createSourceModule(path: string, code: string): vm.Module {
    const identifier = pathToFileURL(path).href;
    return new vm.SourceTextModule(provideCommonJsNames(code), {
      identifier,
      initializeImportMeta: (meta) => {
        Object.assign(meta, { url: identifier, filename: path, dirname: dirname(path) });
        Object.assign(meta, { require: (name: string) => this.#requireFrom(name, path) });
      },
      // Of scripts, which the types of Node allow for, there is none here.
      importModuleDynamically: async (specifier, parent) =>
        this.#run(await this.#find(specifier, parent as vm.Module)) as Promise<vm.Module>,
    });
  }

  #openPackage(name: string, from: string): Promise<vm.Module> {
    const key = `${dirname(from)}\0${name}`;
    const known = this.#packages.get(key);
    if (known !== undefined) return known;
    const opened = importPackage(name, from, this.#readText(from));
    this.#packages.set(key, opened);
    return opened;
  }

  #requireFrom(specifier: string, from: string): unknown {
    const found = this.#resolve(specifier, from);
    return found.kind === "source" ? this.#require(found.path) : createRequire(from)(specifier);
  }

  #require(path: string): unknown {
    const known = this.#commonJs.get(path);
    if (known !== undefined) return known.exports;
    if (extname(path) === ".json") return JSON.parse(this.#readText(path));
    const text = this.#readText(path);
    const module: { exports: unknown } = { exports: {} };
    this.#commonJs.set(path, module);
    const run = compileSource({ path, text, format: "commonjs" }, this.#options.root, (code) =>
      vm.compileFunction(code, ["exports", "require", "module", "__filename", "__dirname"], {
        filename: path,
      }),
    );
    run.call(
      ...[module.exports, module.exports],
      (name: string) => this.#requireFrom(name, path),
      ...[module, path, dirname(path)],
    );
    return module.exports;
  }

  #readText(path: string): string {
    const text = this.#texts.get(path) ?? readFileSync(path, "utf8");
    this.#texts.set(path, text);
    return text;
  }
}

/** Modules of a CommonJS project may use what only CommonJS has; on the first line, so that all lines keep their number. */
function provideCommonJsNames(code: string): string {
  const prefix = [
    declare(code, "require", "import.meta.require"),
    declare(code, "__filename", "import.meta.filename"),
    declare(code, "__dirname", "import.meta.dirname"),
  ].join("");
  return prefix + code;
}

function declare(code: string, name: string, value: string): string {
  const isUsed = new RegExp(`(?<![\\w$.])${name}(?![\\w$])`).test(code);
  const isDeclared = new RegExp(`(?:const|let|var|function|import)\\s+\\{?[^=;]*\\b${name}\\b`).test(code);
  return isUsed && !isDeclared ? `const ${name} = ${value};` : "";
}
