import type { FileTree } from "../file-tree.js";
import { isWrite, type Plan } from "../plan.js";

/** The files of a project that is not there yet. Generators work on it as on one that is. */
export class DraftTree implements FileTree {
  readonly #texts = new Map<string, string>();

  read(path: string): string | undefined {
    return this.#texts.get(path);
  }

  list(folder: string): readonly string[] {
    const within = folder === "" ? "" : `${folder}/`;
    return [...this.#texts.keys()].filter((path) => path.startsWith(within)).toSorted();
  }

  write(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  /** Takes what a generator planned on this tree. */
  apply({ changes }: Plan): void {
    for (const { path, after } of changes.filter(isWrite)) this.write(path, after);
  }

  /** Those at the root first, as they were written; then the others by path. */
  get paths(): readonly string[] {
    const paths = [...this.#texts.keys()];
    const isAtRoot = (path: string): boolean => !path.includes("/");
    return [...paths.filter(isAtRoot), ...paths.filter((path) => !isAtRoot(path)).toSorted()];
  }
}
