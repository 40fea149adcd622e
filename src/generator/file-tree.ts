/**
 * The project's files as the generator sees them: text by path, paths relative to the project's root with `/` between
 * the parts. The host backs it with the disk, the testing kit with a map; reading has no other effect.
 */
export interface FileTree {
  /** The text of a file, or undefined where there is none. */
  read(path: string): string | undefined;
  /** Every file below a folder, at any depth, sorted; empty where there is no such folder. Skips `node_modules` and dot folders. */
  list(folder: string): readonly string[];
}
