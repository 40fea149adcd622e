import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readEditorconfig } from "./editorconfig.js";
import { readOptions, readPrettierrc, type StyleReading } from "./style-options.js";

/** In the order in which Prettier looks for them in a folder. */
const plainNames = [".prettierrc", ".prettierrc.json"];
const otherNames = [
  ".prettierrc.yaml",
  ".prettierrc.yml",
  ".prettierrc.json5",
  ...["js", "ts", "mjs", "mts", "cjs", "cts"].flatMap((ending) => [
    `.prettierrc.${ending}`,
    `prettier.config.${ending}`,
  ]),
  ".prettierrc.toml",
];

/**
 * The Prettier configuration that holds for the files of a folder: that of the nearest folder that has one, over what
 * .editorconfig says. Undefined where there is none. Needs no Prettier; says where it would.
 */
export function findPrettierConfig(folder: string): StyleReading | undefined {
  const own = findNearest(folder);
  if (own === undefined) return undefined;
  const shared = readEditorconfig(folder);
  return { options: { ...shared.options, ...own.options }, isExact: shared.isExact && own.isExact };
}

function findNearest(folder: string): StyleReading | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const reading = readFolder(current);
    if (reading !== undefined) return reading;
    if (existsSync(join(current, ".git")) || dirname(current) === current) return undefined;
  }
}

function readFolder(folder: string): StyleReading | undefined {
  const inManifest = readManifestKey(join(folder, "package.json"));
  if (inManifest !== undefined) return readOptions(inManifest);
  const plain = plainNames.find((name) => existsSync(join(folder, name)));
  if (plain !== undefined) return readPrettierrc(readFileSync(join(folder, plain), "utf8"));
  const isOther = otherNames.some((name) => existsSync(join(folder, name)));
  return isOther ? { options: {}, isExact: false } : undefined;
}

function readManifestKey(manifest: string): unknown {
  if (!existsSync(manifest)) return undefined;
  const text = readFileSync(manifest, "utf8");
  return text.includes('"prettier"') ? readPrettierKey(text) : undefined;
}

function readPrettierKey(text: string): unknown {
  try {
    const manifest: { readonly prettier?: unknown } = JSON.parse(text);
    return manifest.prettier;
  } catch {
    return undefined;
  }
}
