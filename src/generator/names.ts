import { toPascalCase, toSnakeCase } from "../support/casing.js";
import type { Problem } from "../support/problem.js";
import { globalNames, recordReserved, sqlReserved, typescriptReserved } from "./reserved-words.js";

/** Longest name taken; a table and a column of it still fit into most constraint names of PostgreSQL. */
const longestName = 63;

/** What a name stands for; it opens the messages. */
export type NameRole =
  "attribute" | "relationship" | "identity" | "resource" | "domain" | "table" | "column" | "plural";

/** What keeps a name from being letters, digits and underscores that start with a letter. */
export function findSpellingProblem(role: NameRole, name: string): Problem | undefined {
  const code = `${role}.name.invalid`;
  if (name === "")
    return { code, message: `The ${role} has no name.`, hint: `Give it one, such as ${examples[role]}.` };
  if (/^[0-9]/.test(name)) {
    return {
      code,
      message: `The ${role} name "${name}" starts with a digit.`,
      hint: `Start it with a letter, such as ${examples[role]}.`,
    };
  }
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) {
    return {
      code,
      message: `The ${role} name "${name}" holds more than letters, digits and underscores.`,
      hint: `Spell it like ${examples[role]}.`,
    };
  }
  if (name.length > longestName) {
    return {
      code,
      message: `The ${role} name "${name}" has ${name.length} characters; databases take ${longestName}.`,
      hint: "Choose a shorter one.",
    };
  }
  return undefined;
}

/** What keeps a name from being a class or a constant of a module. */
export function findClassNameProblem(role: "resource" | "domain", name: string): Problem | undefined {
  const spelling = findSpellingProblem(role, name);
  if (spelling) return spelling;
  const pascal = toPascalCase(name);
  if (globalNames.has(pascal)) {
    return {
      code: `${role}.name.reserved`,
      message: `The ${role} name "${name}" would hide JavaScript's own ${pascal}.`,
      hint: `Choose another, such as ${pascal}Record.`,
    };
  }
  if (!typescriptReserved.has(name)) return undefined;
  return {
    code: `${role}.name.reserved`,
    message: `The ${role} name "${name}" is a reserved word of TypeScript.`,
    hint: `Write ${pascal} if you mean the class, or choose another name.`,
  };
}

/** What keeps a name from being a member of a record. */
export function findMemberNameProblem(role: "attribute" | "relationship", name: string): Problem | undefined {
  const spelling = findSpellingProblem(role, name);
  if (spelling) return spelling;
  if (!recordReserved.has(name)) return undefined;
  return {
    code: `${role}.name.reserved`,
    message: `The ${role} name "${name}" is a member that every record has.`,
    hint: "Choose another name.",
  };
}

/** What keeps a name from being a table or a column that people can write in SQL without quotes. */
export function findSqlNameProblem(
  role: "table" | "column",
  name: string,
  hint: string,
): Problem | undefined {
  const spelling = findSpellingProblem(role, name);
  if (spelling) return spelling;
  if (!sqlReserved.has(name.toLowerCase())) return undefined;
  return {
    code: `${role}.name.reserved`,
    message: `The ${role} name "${name}" is a reserved word of SQL.`,
    hint,
  };
}

/** Longest name of a migration: with the time before it, its file still has a name that every disk takes. */
const longestMigrationName = 100;

/** What keeps words from naming a migration; they may be written in any way, and are joined by underscores. */
export function findMigrationNameProblem(name: string): Problem | undefined {
  const words = toSnakeCase(name);
  if (words !== "" && words.length <= longestMigrationName) return undefined;
  return {
    code: "migration.name.invalid",
    message:
      words === ""
        ? `The migration name "${name}" holds no letter and no digit.`
        : `The migration name "${name}" has more than ${longestMigrationName} characters.`,
    hint: "Name it like --migration-name create_user_tasks, or leave the flag out.",
  };
}

const examples: Readonly<Record<NameRole, string>> = {
  attribute: "due_on",
  column: "due_on",
  relationship: "owner",
  identity: "unique_email",
  resource: "UserTask",
  domain: "Accounts",
  table: "user_tasks",
  plural: "user_tasks",
};
