import type { Problem } from "../../support/problem.js";

/** npm takes no package of these names. */
const reserved = ["node_modules", "favicon.ico"];

/** What projects depend on; a project of such a name would stand in the package's way. */
const needed = ["ashlar", "knex", "libsql", "pg", "tsx", "typescript"];

const longestName = 214;

/** The name that npm takes for the package in a folder: for `My Shop`, `my-shop`. */
export function derivePackageName(folderName: string): string | Problem {
  const name = folderName
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "");
  const complaint = findComplaint(name);
  if (complaint === undefined) return name;
  return {
    code: "new.name.invalid",
    message: `A project is named after its folder, and "${folderName}" ${complaint}.`,
    hint: "Choose another folder, such as: npx ashlar new my-app",
  };
}

function findComplaint(name: string): string | undefined {
  if (name === "") return "holds no letter from a to z and no digit";
  if (name.length > longestName) return `has more than the ${longestName} characters that npm takes`;
  if (reserved.includes(name)) return "is a name that npm gives to no package";
  return needed.includes(name) ? "is the name of a package that it depends on" : undefined;
}
