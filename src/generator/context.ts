import type { FileTree } from "./file-tree.js";
import type { Settings } from "./settings.js";

/** Formats as the project does. Its methods give values; none writes. */
export interface Formatter {
  /** A new file, in the project's style. */
  formatNew(path: string, text: string): Promise<string>;
  /** A patched file: formatted when `before` was clean under the project's Prettier, else `after` as it is. */
  formatPatched(path: string, before: string, after: string): Promise<string>;
  /** How wide the lines of a file may be; a formatter without it goes by 80. */
  findPrintWidth?(path: string): Promise<number>;
}

/** The templates that ship with ashlar, by path relative to the `templates` folder. */
export interface TemplateSource {
  /** The text of a template, or undefined where there is none. */
  read(path: string): string | undefined;
}

/** Everything a generator may know of the world, handed in as values. */
export interface GeneratorContext {
  readonly files: FileTree;
  readonly settings: Settings;
  readonly templates: TemplateSource;
  readonly formatter: Formatter;
  /** The moment of the command; migrations take their names from it, in UTC. */
  readonly now: Date;
}
