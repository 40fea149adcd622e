import { failure, type Problem } from "../support/problem.js";
import type { Formatter } from "./context.js";
import type { FileTree } from "./file-tree.js";
import { applyPatches } from "./patch/apply-patches.js";
import type { Patch } from "./patch/patch.js";
import { type Change, isWrite } from "./plan.js";

/** One file under way; `before` is absent for a file that the plan makes. */
interface StagedFile {
  readonly before?: string;
  /** What the patches go on. */
  readonly start: string;
  readonly patches: readonly (readonly Patch[])[];
  /** `start` with the patches, laid out at the usual width. */
  readonly text: string;
  readonly added: readonly string[];
  /** Data files are written as they are; sources are formatted. */
  readonly formatted: boolean;
}

type Derivation = (texts: ReadonlyMap<string, string>) => string;

/**
 * The files of a plan under way: what is patched twice is patched on top of the first patch, and nothing is written.
 * Problems of patches are collected, so that all files that need a hand are told at once.
 */
export class Staging {
  readonly #files: FileTree;
  readonly #staged = new Map<string, StagedFile>();
  readonly #derived = new Map<string, Derivation>();
  readonly #removed = new Set<string>();
  readonly #problems: Problem[] = [];

  constructor(files: FileTree) {
    this.#files = files;
  }

  /** The text of a file as the plan has it so far. */
  read(path: string): string | undefined {
    return this.#staged.get(path)?.text ?? this.#files.read(path);
  }

  /** Stages a source file that is not there yet. */
  create(path: string, text: string): void {
    this.#staged.set(path, openFile(text));
  }

  /** Stages a data file as it is, new or in place of the old one. */
  write(path: string, text: string): void {
    const before = this.#files.read(path);
    this.#staged.set(path, { ...openFile(text), formatted: true, ...(before !== undefined && { before }) });
  }

  /** Stages a data file that is made of what other files become: their texts as they will be written, by path. */
  derive(path: string, derivation: Derivation): void {
    this.#derived.set(path, derivation);
  }

  /** Stages the deletion of a file, where there is one. */
  remove(path: string): void {
    if (this.#files.read(path) !== undefined) this.#removed.add(path);
  }

  /**
   * Applies patches to a file; what they could not do is kept until `toChanges`.
   *
   * @param hints better ones than the patches have, by the codes of the problems
   */
  patch(path: string, patches: readonly Patch[], hints: Readonly<Record<string, string>> = {}): void {
    const staged = this.#staged.get(path) ?? this.#open(path);
    const outcome = applyPatches(staged.text, { path }, patches);
    if (outcome.kind === "failed") {
      this.#problems.push(...outcome.problems.map((problem) => rehint(problem, hints[problem.code])));
    }
    if (outcome.kind !== "changed") return void this.#staged.set(path, staged);
    this.#staged.set(path, {
      ...staged,
      patches: [...staged.patches, patches],
      text: outcome.text,
      added: [...staged.added, ...outcome.added],
    });
  }

  /**
   * Every staged file as a change, in the order of staging. Throws the problems that patches met, and those of files
   * that were only read; a file's own patch tells more of what is wrong with it.
   */
  async toChanges(formatter: Formatter, readingProblems: readonly Problem[]): Promise<readonly Change[]> {
    const patched = new Set(this.#problems.map(({ location }) => location?.path));
    const problems = [
      ...this.#problems,
      ...readingProblems.filter(({ location }) => !patched.has(location?.path)),
    ];
    if (problems.length > 0) throw failure(...problems);
    const changes = await Promise.all(
      [...this.#staged].map(([path, file]) => finishChange(path, file, formatter)),
    );
    const texts = new Map(changes.filter(isWrite).map(({ path, after }) => [path, after]));
    const derived = [...this.#derived].map(([path, derive]) => this.#writeData(path, derive(texts)));
    return [...changes, ...derived, ...this.#deletions()];
  }

  #writeData(path: string, after: string): Change {
    const before = this.#files.read(path);
    if (before === undefined) return { kind: "create", path, after };
    return before === after
      ? { kind: "identical", path }
      : { kind: "patch", path, before, after, summary: [] };
  }

  #deletions(): readonly Change[] {
    return [...this.#removed].map((path) => ({
      kind: "delete",
      path,
      before: this.#files.read(path) ?? "",
    }));
  }

  #open(path: string): StagedFile {
    const before = this.#files.read(path) ?? "";
    return { ...openFile(before), before };
  }
}

function openFile(text: string): StagedFile {
  return { start: text, patches: [], text, added: [], formatted: false };
}

function rehint(problem: Problem, hint: string | undefined): Problem {
  return hint === undefined ? problem : { ...problem, hint };
}

async function finishChange(path: string, file: StagedFile, formatter: Formatter): Promise<Change> {
  const { before, added } = file;
  if (before === file.text) return { kind: "identical", path };
  const text = await layOut(path, file, formatter);
  if (before === undefined) {
    return { kind: "create", path, after: file.formatted ? text : await formatter.formatNew(path, text) };
  }
  const after = file.formatted ? text : await formatter.formatPatched(path, before, text);
  return { kind: "patch", path, before, after, summary: added };
}

/**
 * The patches again, at the project's width. It is asked for only here, of files that change: to tell it may take the
 * project's Prettier, which would have to be loaded.
 */
async function layOut(
  path: string,
  { start, patches, text }: StagedFile,
  formatter: Formatter,
): Promise<string> {
  const printWidth = patches.length === 0 ? undefined : await formatter.findPrintWidth?.(path);
  if (printWidth === undefined) return text;
  return patches.reduce((done, batch) => {
    const outcome = applyPatches(done, { path, printWidth }, batch);
    return outcome.kind === "changed" ? outcome.text : done;
  }, start);
}
