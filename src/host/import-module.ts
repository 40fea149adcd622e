/**
 * Imports a module of the user's by its URL or name. The shipped command line runs from a code cache, where `import()`
 * has no loader behind it, so the executable leaves its own under a global symbol.
 *
 * @example
 * const { default: config } = (await importModule(pathToFileURL(knexfile).href)) as { default: unknown };
 */
export function importModule(specifier: string): Promise<unknown> {
  const given: typeof importModule | undefined = Reflect.get(globalThis, importModuleKey);
  return given === undefined ? import(specifier) : given(specifier);
}

const importModuleKey = Symbol.for("ashlar.importModule");
