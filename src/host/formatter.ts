import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Formatter } from "../generator/context.js";
import type { FileTree } from "../generator/file-tree.js";
import type { Settings } from "../generator/settings.js";
import { failure, type AshlarError } from "../support/problem.js";
import { readEditorconfig } from "./format/editorconfig.js";
import { createIgnoreTest, type IgnoreTest } from "./format/ignore-rules.js";
import { inferStyle } from "./format/inferred-style.js";
import { findPrettierConfig } from "./format/prettier-config.js";
import {
  createProjectFormat,
  createStandaloneFormat,
  findInstalledPrettier,
  findProjectPrintWidth,
  isStandaloneModern,
  type Format,
  type InstalledPrettier,
} from "./format/prettier-engine.js";
import { getPrintWidth, type StyleOptions, type StyleReading } from "./format/style-options.js";
import { readManifest } from "./settings/manifest.js";

/** What the formatter has to know of a project. */
export interface FormatterProject {
  readonly root: string;
  readonly files: FileTree;
  readonly settings: Pick<Settings, "source" | "migrations">;
}

/** The way the files of one folder are formatted. */
interface FolderStyle {
  /** Are the project's files kept by Prettier? If not, a patched file stays as it is. */
  readonly isPrettier: boolean;
  readonly format: Format;
  /** `file` is absolute. */
  readonly findPrintWidth: (file: string) => Promise<number>;
}

/**
 * Formats TypeScript as the project does; other files are left as they are. Where the project uses Prettier, by its own
 * version, configuration and ignore files; else in the style of its files. Loads nothing before it is needed.
 *
 * Its methods that format throw AshlarError `format.failed`.
 *
 * @example
 * const formatter = createFormatter({ root, files, settings });
 * await formatter.formatNew("src/user.ts", "export class User{}"); // "export class User {}\n"
 */
export function createFormatter(project: FormatterProject): Formatter {
  const { root } = project;
  const findIgnored = once(() => readIgnoreFiles(root));
  const isLeftAlone = (path: string) => !/\.[cm]?tsx?$/.test(path) || findIgnored()(path);
  const findStyle = createStyleFinder(project);
  return {
    async formatNew(path, text) {
      return isLeftAlone(path) ? text : formatOrFail(root, path, text, findStyle(path).format);
    },
    async formatPatched(path, before, after) {
      if (isLeftAlone(path)) return after;
      const { format, isPrettier } = findStyle(path);
      const isKept = isPrettier && (await isClean(format, join(root, path), before));
      return isKept ? formatOrFail(root, path, after, format) : after;
    },
    findPrintWidth: (path) => findStyle(path).findPrintWidth(join(root, path)),
  };
}

function createStyleFinder({ root, files, settings }: FormatterProject): (path: string) => FolderStyle {
  const styles = new Map<string, FolderStyle>();
  const infer = once(() => inferStyle(files, [settings.source, settings.migrations]));
  const findInstalled = once(() => findInstalledPrettier(root));
  return (path) => {
    const folder = dirname(join(root, path));
    const known = styles.get(folder);
    if (known !== undefined) return known;
    const config = findPrettierConfig(folder);
    const installed = findInstalled();
    const isUsed = installed !== undefined && (config !== undefined || isListed(files));
    const style = isUsed
      ? createPrettierStyle(root, installed, config ?? readEditorconfig(folder))
      : createOwnStyle(folder, config, infer);
    styles.set(folder, style);
    return style;
  };
}

function createPrettierStyle(root: string, installed: InstalledPrettier, reading: StyleReading): FolderStyle {
  const isPlain = reading.isExact && isStandaloneModern(installed.version);
  const load = once(() =>
    isPlain ? createStandaloneFormat(reading.options, installed) : createProjectFormat(root, installed),
  );
  return {
    isPrettier: true,
    format: async (file, text) => (await load())(file, text),
    findPrintWidth: async (file) =>
      isPlain ? getPrintWidth(reading.options) : tryProjectPrintWidth(installed, file, reading.options),
  };
}

/** A configuration that cannot be read is told of where it formats. */
async function tryProjectPrintWidth(
  installed: InstalledPrettier,
  file: string,
  known: StyleOptions,
): Promise<number> {
  try {
    return await findProjectPrintWidth(installed, file);
  } catch {
    return getPrintWidth(known);
  }
}

/** Prettier is not installed: the bundled one serves, with what is known of the project's style. */
function createOwnStyle(
  folder: string,
  config: StyleReading | undefined,
  infer: () => Promise<StyleOptions>,
): FolderStyle {
  const isPrettier = config?.isExact === true;
  const readStyle = once(async () => {
    const inferred = isPrettier ? {} : { ...(await infer()), ...readEditorconfig(folder).options };
    return { ...inferred, ...config?.options };
  });
  const load = once(async () => createStandaloneFormat(await readStyle()));
  return {
    isPrettier,
    format: async (file, text) => (await load())(file, text),
    findPrintWidth: async () => getPrintWidth(await readStyle()),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A package that others brought along is no sign that the project uses it. */
function isListed(files: FileTree): boolean {
  const { dependencies, devDependencies } = readManifest(files);
  return dependencies.includes("prettier") || devDependencies.includes("prettier");
}

async function isClean(format: Format, file: string, text: string): Promise<boolean> {
  try {
    return (await format(file, text)) === text;
  } catch {
    return false;
  }
}

async function formatOrFail(root: string, path: string, text: string, format: Format): Promise<string> {
  try {
    return await format(join(root, path), text);
  } catch (error) {
    throw createFormatError(path, error);
  }
}

function createFormatError(path: string, error: unknown): AshlarError {
  const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return failure({
    code: "format.failed",
    message: `Prettier cannot format "${path}": ${reason}`,
    hint: `Look at the project's Prettier configuration: npx prettier --check ${path}`,
  });
}

/** As Prettier's own command line: those in the root. */
function readIgnoreFiles(root: string): IgnoreTest {
  const tests = [".gitignore", ".prettierignore"].map((name) =>
    createIgnoreTest(readIfAny(join(root, name))),
  );
  return (path) => tests.some((isIgnored) => isIgnored(path));
}

function readIfAny(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
