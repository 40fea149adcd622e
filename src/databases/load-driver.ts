import { createRequire } from "node:module";
import { failure, type AshlarError } from "../support/problem.js";

const require = createRequire(import.meta.url);

/** The file of an installed package's CommonJS entry, seen from here or from the working folder, or undefined. */
export function resolveInstalled(packageName: string): string | undefined {
  try {
    return require.resolve(packageName, { paths: [import.meta.dirname, process.cwd()] });
  } catch {
    return undefined;
  }
}

/** The module of the first of these packages that is installed, or undefined where none is. */
export function loadFirstInstalled(...packageNames: readonly string[]): unknown {
  const file = packageNames.map(resolveInstalled).find((resolved) => resolved !== undefined);
  return file === undefined ? undefined : require(file);
}

/** The error for a database whose package the project has not installed. */
export function createDriverMissingError(database: string, packageName: string): AshlarError {
  return failure({
    code: "database.driver.missing",
    message: `${database} needs the package "${packageName}", which is not installed.`,
    hint: `Install it: npm install ${packageName}`,
  });
}
