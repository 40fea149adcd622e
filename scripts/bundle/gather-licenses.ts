import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Writes `licenses.txt`: the license of every package that a bundle holds code of. */
export function gatherLicenses(): Plugin {
  return {
    name: "gather-licenses",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const folders = chunks.flatMap((chunk) => chunk.moduleIds.map(findPackageFolder));
      const packages = [...new Set(folders.filter((folder) => folder !== undefined))].sort();
      this.emitFile({
        type: "asset",
        fileName: "cli/licenses.txt",
        source: packages.map(describeLicense).join("\n"),
      });
    },
  };
}

function findPackageFolder(moduleId: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(moduleId)?.[0];
}

function describeLicense(folder: string): string {
  const {
    name,
    version,
    license = "",
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8").trim();
  return `${name} ${version}, ${license}\n\n${text}\n\n${"-".repeat(80)}\n`;
}
