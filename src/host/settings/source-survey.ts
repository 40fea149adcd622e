import { splitWords } from "../../support/casing.js";
import type { FileTree } from "../../generator/file-tree.js";
import type { AttributeCase, ImportExtension, Settings } from "../../generator/settings.js";

type FileCase = Settings["fileCase"];

/** What the files of a project do; undefined where they do not say. */
export interface SourceSurvey {
  findAttributeCase(): AttributeCase | undefined;
  findFileCase(): FileCase | undefined;
  /** The most frequent end of relative imports among those allowed. */
  findImportExtension(allowed: readonly ImportExtension[]): ImportExtension | undefined;
}

const sampleSize = 100;
const resourceClass = /\bextends\s+(?:\w+\.)?resource\s*\(/;
const attributeKey = /(?:^|[{,])\s*([a-z]\w*)\s*:\s*(?!belongsTo|hasOne|hasMany|manyToMany)[\w.]+\(/gm;

/** Looks at the sources below a folder; each question reads what it needs, once. */
export function surveySources(files: FileTree, source: string): SourceSurvey {
  const paths = files.list(source).filter((path) => /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path));
  let resources: readonly { readonly path: string; readonly text: string }[] | undefined;
  const readResources = () => (resources ??= findResources(files, paths));
  return {
    findAttributeCase: () =>
      findMost(takeSample(readResources()).flatMap(({ text }) => listAttributeCases(text))),
    findFileCase: () => findFileCase(readResources().map(({ path }) => path)) ?? findFileCase(paths),
    findImportExtension: (allowed) =>
      findMost(
        takeSample(paths)
          .flatMap((path) => listImportExtensions(files.read(path) ?? ""))
          .filter((extension) => allowed.includes(extension)),
      ),
  };
}

function findResources(files: FileTree, paths: readonly string[]): { path: string; text: string }[] {
  return paths
    .map((path) => ({ path, text: files.read(path) ?? "" }))
    .filter(({ text }) => text.includes("resource") && resourceClass.test(text));
}

/** Enough to see a habit, from all over the list, the same each time. */
function takeSample<Item>(items: readonly Item[]): readonly Item[] {
  const step = Math.ceil(items.length / sampleSize);
  return items.filter((_, index) => index % step === 0);
}

/** A single word is the same in each case and says nothing. */
function listAttributeCases(text: string): AttributeCase[] {
  const keys = [...text.matchAll(attributeKey)].map(([, key = ""]) => key);
  return keys.flatMap((key) => {
    if (/^[a-z0-9]+(_[a-z0-9]+)+$/.test(key)) return ["snake_case"];
    return /^[a-z0-9]+([A-Z][a-z0-9]*)+$/.test(key) ? ["camelCase"] : [];
  });
}

function findFileCase(paths: readonly string[]): FileCase | undefined {
  return findMost(paths.flatMap((path) => readFileCase(/([^/.]+)[^/]*$/.exec(path)?.[1] ?? "")));
}

function readFileCase(stem: string): FileCase[] {
  if (/^[A-Z][A-Za-z0-9]*$/.test(stem)) return ["PascalCase"];
  if (splitWords(stem).length < 2) return [];
  if (/^[a-z0-9]+(-[a-z0-9]+)+$/.test(stem)) return ["kebab-case"];
  if (/^[a-z0-9]+(_[a-z0-9]+)+$/.test(stem)) return ["snake_case"];
  return /^[a-z][A-Za-z0-9]*$/.test(stem) ? ["camelCase"] : [];
}

function listImportExtensions(text: string): ImportExtension[] {
  const imports = [...text.matchAll(/\bfrom\s*["'](\.\.?\/[^"']+)["']/g)].map(([, path = ""]) => path);
  return imports.flatMap((path) => {
    if (/\.[cm]?js$/.test(path)) return [".js"];
    if (/\.[cm]?tsx?$/.test(path)) return [".ts"];
    return /\.\w+$/.test(path) ? [] : [""];
  });
}

/** The most frequent; among equals the one met first. */
function findMost<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}
