import type { Problem } from "../../support/problem.js";
import { isDevelopmentMigration } from "../migrations/development.js";
import { dropExtension } from "../paths.js";

/**
 * The migrations that were made for development only and are still there.
 *
 * @example
 * findDevelopmentProblems(["20261122190000_dev.ts"]).map(({ code }) => code); // ["check.development"]
 */
export function findDevelopmentProblems(fileNames: readonly string[]): readonly Problem[] {
  const names = fileNames.filter((name) => isDevelopmentMigration(dropExtension(name)));
  if (names.length === 0) return [];
  return [
    {
      code: "check.development",
      message: `There are migrations that were made for development only: ${names.map((name) => `"${name}"`).join(", ")}.`,
      hint: "Fold them into one that has a name: npx ashlar gen migrations",
    },
  ];
}
