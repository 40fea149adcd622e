import { failure, type Problem } from "../support/problem.js";
import type { FileTree } from "./file-tree.js";
import { readSource, type Source, type SourceReading } from "./source/parser.js";

/**
 * The parsed files of a project, each read once. One that does not parse is read as far as it parses, so that what it
 * declares can still be referred to and the text to paste into it be told; its problem is kept.
 */
export class ProjectSources {
  readonly #files: FileTree;
  readonly #readings = new Map<string, SourceReading>();

  constructor(files: FileTree) {
    this.#files = files;
  }

  read(path: string): Source {
    const reading = this.#readings.get(path) ?? readSource(this.#files.read(path) ?? "", path);
    this.#readings.set(path, reading);
    return reading.source;
  }

  /** The syntax errors of the files that were read. */
  get problems(): readonly Problem[] {
    return [...this.#readings.values()].flatMap((reading) =>
      reading.kind === "failed" ? [reading.problem] : [],
    );
  }

  /** Throws the syntax errors, for whoever cannot go on without what they hide. */
  requireWhole(): void {
    if (this.problems.length > 0) throw failure(...this.problems);
  }
}
