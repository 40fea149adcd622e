import type { Plugin } from "rolldown";

/** Writes `chunks.json`, by which the loader finds an entry whose file name carries a hash. */
export function listEntries(): Plugin {
  return {
    name: "list-entries",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const entries = chunks.filter((chunk) => chunk.isEntry).map(({ name, fileName }) => [name, fileName]);
      this.emitFile({ type: "asset", fileName: "chunks.json", source: JSON.stringify(Object.fromEntries(entries)) });
    },
  };
}
