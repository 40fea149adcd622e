import type { Formatter } from "../generator/context.js";
import type { FileTree } from "../generator/file-tree.js";
import type { Settings } from "../generator/settings.js";
import { inferStyle } from "../host/format/inferred-style.js";
import { createStandaloneFormat, type Format } from "../host/format/prettier-engine.js";
import {
  getPrintWidth,
  readOptions,
  readPrettierrc,
  type StyleOptions,
} from "../host/format/style-options.js";

/**
 * Formats with the Prettier that ashlar carries: by the `.prettierrc`, `.prettierrc.json` or `prettier` key among the
 * files, else in the style of the files. Nothing of the machine is looked at.
 */
export function createMemoryFormatter(files: FileTree, settings: Settings): Formatter {
  const config = findConfig(files);
  const readStyle = async () => config ?? (await inferStyle(files, [settings.source]));
  const open = async () => createStandaloneFormat(await readStyle());
  let format: Promise<Format> | undefined;
  const apply = async (path: string, text: string) => (await (format ??= open()))(path, text);
  return {
    formatNew: async (path, text) => (isSource(path) ? apply(path, text) : text),
    formatPatched: async (path, before, after) => {
      const isKept = isSource(path) && (await isClean(path, before, apply));
      return isKept ? apply(path, after) : after;
    },
    findPrintWidth: async () => getPrintWidth(await readStyle()),
  };
}

function findConfig(files: FileTree): StyleOptions | undefined {
  const text = files.read(".prettierrc") ?? files.read(".prettierrc.json");
  if (text !== undefined) return readPrettierrc(text).options;
  const manifest = files.read("package.json");
  const { prettier }: { readonly prettier?: unknown } = JSON.parse(manifest ?? "{}");
  return prettier === undefined ? undefined : readOptions(prettier).options;
}

function isSource(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

async function isClean(path: string, text: string, format: Format): Promise<boolean> {
  try {
    return (await format(path, text)) === text;
  } catch {
    return false;
  }
}
