import type { FileTree } from "../../generator/file-tree.js";
import type { Style } from "../../generator/source/style.js";
import type { StyleOptions } from "./style-options.js";

const sampleSize = 5;

/** The style that a project's own files have, in Prettier's words; for a project that does not use it. */
export async function inferStyle(files: FileTree, folders: readonly string[]): Promise<StyleOptions> {
  const texts = sampleTexts(files, folders);
  if (texts.length === 0) return {};
  const [{ detectHabits }, { parseSource }] = await Promise.all([
    import("../../generator/source/style.js"),
    import("../../generator/source/parser.js"),
  ]);
  const habits = texts.map((text) => detectHabits(parseSource(text, "sample.ts")));
  const most = <Key extends keyof Style>(key: Key) => findMost(habits.map((each) => each[key]));
  const indent = most("indent");
  return {
    useTabs: indent === "\t",
    ...(indent === "\t" ? {} : { tabWidth: indent?.length ?? 2 }),
    singleQuote: most("quote") === "'",
    semi: most("semicolons") !== false,
    trailingComma: most("trailingCommas") === false ? "none" : "all",
    bracketSpacing: most("bracketSpacing") !== false,
    endOfLine: most("endOfLine") === "\r\n" ? "crlf" : "lf",
    printWidth: inferWidth(texts),
  };
}

/** Files from all over the folders, the same for the same project. */
function sampleTexts(files: FileTree, folders: readonly string[]): string[] {
  const paths = folders
    .flatMap((folder) => files.list(folder))
    .filter((path) => /(?<!\.d)\.[cm]?ts$/.test(path));
  const step = Math.max(1, Math.floor(paths.length / sampleSize));
  const sample = paths.filter((_, index) => index % step === 0).slice(0, sampleSize);
  return sample.map((path) => files.read(path) ?? "").filter((text) => text.trim() !== "");
}

/** The usual width that the code keeps to; lines that no formatter breaks say nothing. */
function inferWidth(texts: readonly string[]): number {
  const lines = texts
    .flatMap((text) => text.split(/\r?\n/))
    .filter((line) => !/^\s*(\/\/|\/?\*|import\b|.*["'`])/.test(line));
  const longest = Math.max(0, ...lines.map((line) => line.length));
  return [80, 100, 120].find((width) => longest <= width) ?? 120;
}

/** What most files say; those that say nothing have no voice. */
function findMost<Value>(sayings: readonly (Value | undefined)[]): Value | undefined {
  const values = sayings.filter((value) => value !== undefined);
  const count = (value: Value) => values.filter((other) => other === value).length;
  return values.toSorted((a, b) => count(b) - count(a))[0];
}
