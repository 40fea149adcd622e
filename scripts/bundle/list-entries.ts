import type { OutputChunk, Plugin } from "rolldown";

/**
 * Writes `cli/chunks.json`, by which the loader finds an entry whose file name carries a hash, and for every entry that
 * users import a module with its exports.
 */
export function listEntries(imported: readonly string[]): Plugin {
  return {
    name: "list-entries",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entries = chunks.filter((chunk) => chunk.isEntry);
      const names = Object.fromEntries(
        entries.map(({ name, fileName }) => [name, fileName.replace("cli/", "")]),
      );
      this.emitFile({ type: "asset", fileName: "cli/chunks.json", source: JSON.stringify(names) });
      for (const entry of entries.filter(({ name }) => imported.includes(name))) {
        this.emitFile({ type: "asset", fileName: `${entry.name}.js`, source: renderModule(entry) });
      }
    },
  };
}

function renderModule({ name, exports }: OutputChunk): string {
  return [
    `import { createRequire } from "node:module";`,
    `const { load } = createRequire(import.meta.url)("./cli/loader.cjs");`,
    `export const { ${exports.join(", ")} } = load("${name}");`,
    "",
  ].join("\n");
}
