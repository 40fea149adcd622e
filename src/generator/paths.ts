/** The folder of a path, empty for a file at the root. */
export function findFolder(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

/** Joins a folder and a relative path, `.` and `..` resolved; paths are relative to the project's root. */
export function joinPath(folder: string, relative: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${relative}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** A path without `.ts`, `.js` and their kin. */
export function dropExtension(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, "");
}

/** May a file hold resources? Declarations and tests hold none. */
export function isSourceFile(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path) && !/\.(test|spec)\.[cm]?tsx?$/.test(path);
}
