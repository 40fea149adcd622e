import { describeTable } from "../../../src/migrations/describe.js";
import { diffSnapshots } from "../../../src/migrations/diff.js";
import type { Issue } from "../../../src/runtime/errors/issue.js";
import { InvalidError } from "../../../src/runtime/errors/errors.js";
import { translateDatabaseError } from "../../../src/runtime/errors/translate-error.js";
import type { FailedStatement } from "../../../src/runtime/errors/constraint-issues.js";
import {
  belongsTo,
  decimal,
  enumeration,
  hasMany,
  integer,
  json,
  manyToMany,
  resource,
  string,
  text,
  uuid,
} from "../../../src/runtime/index.js";
import type { TestDatabase } from "../../databases/engines.js";
import { prepareMigration } from "../../migrations/run-migration.js";

export class Reader extends resource({
  table: "readers",
  attributes: {
    id: integer().primaryKey(),
    email: string(20).required(),
    nickName: string(20).unique(),
    firstName: text().column("given"),
    lastName: text(),
    role: enumeration("member", "owner"),
    likes: enumeration("poems", "plays").array(),
    card: uuid(),
    fine: decimal(5, 2),
    notes: json(),
    mentorId: integer(),
  },
  identities: { uniqueEmail: ["email"], uniqueName: ["firstName", "lastName"] },
}) {
  static readonly relationships = {
    mentor: belongsTo(() => Reader),
    pupils: hasMany(() => Reader, { destinationAttribute: "mentorId" }),
    loans: hasMany(() => Loan, { destinationAttribute: "readerId" }),
    books: manyToMany(() => Book, {
      through: () => Loan,
      sourceAttributeOnJoinResource: "readerId",
      destinationAttributeOnJoinResource: "bookId",
    }),
  };
}

export class Book extends resource({ table: "books", attributes: { id: integer().primaryKey() } }) {
  static readonly relationships = {
    readers: manyToMany(() => Reader, {
      through: () => Loan,
      sourceAttributeOnJoinResource: "bookId",
      destinationAttributeOnJoinResource: "readerId",
    }),
  };
}

export class Loan extends resource({
  table: "loans",
  attributes: { readerId: integer().primaryKey(), bookId: integer().primaryKey(), shelfId: integer() },
}) {
  static readonly relationships = {
    reader: belongsTo(() => Reader),
    book: belongsTo(() => Book, { onDelete: "restrict" }),
    shelf: belongsTo(() => Shelf),
  };
}

/** Knows nothing of the loans that refer to it. */
export class Shelf extends resource({ table: "shelves", attributes: { id: integer().primaryKey() } }) {}

export class Secret extends resource({
  table: "secrets",
  attributes: { id: integer().primaryKey(), word: string(20).required().sensitive().unique() },
}) {}

/** Makes the tables of all of them, as a project's migrations would. */
export async function createLibrary(database: TestDatabase): Promise<void> {
  const tables = [Reader, Book, Loan, Shelf, Secret].map(({ definition }) => describeTable(definition));
  const snapshot = new Map(tables.map((table) => [table.name, table]));
  await (await prepareMigration(database, diffSnapshots(new Map(), snapshot))).up();
}

/** What a promise was rejected with. */
export async function catchError(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

/** The issues that a failed statement comes to, without their hints. */
export async function findIssues(
  work: PromiseLike<unknown>,
  statement?: FailedStatement,
): Promise<readonly Pick<Issue, "code" | "path" | "message">[]> {
  const error = translateDatabaseError(await catchError(work), statement);
  if (!(error instanceof InvalidError)) throw error;
  return error.issues.map(({ code, path, message }) => ({ code, path, message }));
}
