import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FailedStatement } from "../../../src/runtime/errors/constraint-issues.js";
import type { AnyResource } from "../../../src/runtime/index.js";
import { databaseKinds, databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { Book, catchError, createLibrary, findIssues, Loan, Reader, Shelf } from "./library.js";
import { translateDatabaseError } from "../../../src/runtime/errors/translate-error.js";

function on(resource: AnyResource, operation: FailedStatement["operation"]): FailedStatement {
  return { resource: resource.definition, operation };
}

describe.each(databaseKinds)("a constraint that fails on %s", (kind) => {
  let database: TestDatabase;
  let knex: TestDatabase["knex"];
  const isSqlite = kind === "sqlite";
  beforeAll(async () => {
    database = await openDatabase(kind);
    knex = database.knex;
    await createLibrary(database);
  }, databaseTimeout);
  afterAll(() => database.close());
  beforeEach(async () => {
    await knex("readers").insert({ id: 1, email: "ada@x", nick_name: "ada", given: "Ada", last_name: "L" });
    await knex("books").insert({ id: 1 });
    await knex("shelves").insert({ id: 1 });
    await knex("loans").insert({ reader_id: 1, book_id: 1, shelf_id: 1 });
  });
  afterEach(async () => {
    for (const table of ["loans", "shelves", "books", "readers"]) await knex(table).delete();
  });

  const createReader = (row: object) =>
    findIssues(knex("readers").insert({ id: 2, email: "b@x", ...row }), on(Reader, "create"));

  it("of a unique attribute, an identity or a primary key is on the attribute, taken already", async () => {
    const taken = (name: string) => [
      { code: "attribute.taken", path: [name], message: `${name} is taken already.` },
    ];
    expect(await createReader({ email: "ada@x" })).toEqual(taken("email"));
    expect(await createReader({ nick_name: "ada" })).toEqual(taken("nickName"));
    expect(await createReader({ id: 1 })).toEqual(taken("id"));
  });

  it("of a key of several attributes is on each of them, and names them all", async () => {
    const message = "readerId and bookId together are taken already.";
    expect(await findIssues(knex("loans").insert({ reader_id: 1, book_id: 1 }), on(Loan, "create"))).toEqual([
      { code: "attribute.taken", path: ["readerId"], message },
      { code: "attribute.taken", path: ["bookId"], message },
    ]);
    expect((await createReader({ given: "Ada", last_name: "L" })).map(({ path }) => path)).toEqual([
      ["firstName"],
      ["lastName"],
    ]);
  });

  it("is the same through raw SQL, an update, and a value that looks like a message", async () => {
    const raw = knex.raw("insert into readers (id, email) values (?, ?)", [3, "ada@x"]);
    expect((await findIssues(raw, on(Reader, "create")))[0]?.path).toEqual(["email"]);
    const hostile = " - UNIQUE constraint failed: readers.id (a)=(b)";
    expect((await createReader({ email: "ada@x", last_name: hostile }))[0]?.path).toEqual(["email"]);
    await knex("readers").insert({ id: 2, email: "b@x" });
    const update = knex("readers").where({ id: 2 }).update({ nick_name: "ada" });
    expect((await findIssues(update, on(Reader, "update")))[0]?.path).toEqual(["nickName"]);
  });

  it("of a unique key that was made by hand is on the attributes of its columns", async () => {
    await knex.schema.alterTable("readers", (table) => table.unique(["mentor_id"], { indexName: "by_hand" }));
    await knex("readers").where({ id: 1 }).update({ mentor_id: 1 });
    expect((await createReader({ mentor_id: 1 }))[0]?.path).toEqual(["mentorId"]);
    await knex.schema.alterTable("readers", (table) => table.dropUnique(["mentor_id"], "by_hand"));
    await knex("readers").update({ mentor_id: null });
  });

  it("and was made by hand over no attribute is on the whole input, by its name", async () => {
    await knex.raw("create unique index by_hand on readers (lower(last_name))");
    expect(await createReader({ last_name: "l" })).toEqual([
      {
        code: "constraint.failed",
        path: [],
        message: 'The unique key "by_hand" of the table "readers" does not hold.',
      },
    ]);
    await knex.raw("drop index by_hand");
  });

  it("since a value is missing says so of the attribute", async () => {
    const required = { code: "attribute.required", path: ["email"], message: "email is required." };
    expect(await createReader({ email: null })).toEqual([required]);
  });

  it("since a word is none of an enumeration's names the words", async () => {
    const message = 'role must be "member" or "owner".';
    expect(await createReader({ role: "king" })).toEqual([
      { code: "attribute.invalid", path: ["role"], message },
    ]);
  });

  it("of a reference to nothing is on the attribute that refers", async () => {
    expect(await createReader({ mentor_id: 77 })).toEqual([
      {
        code: "reference.missing",
        path: ["mentorId"],
        message: "There is no Reader with this mentorId.",
      },
    ]);
  });

  it(`of one reference of several ${isSqlite ? "may be any, since SQLite does not say which" : "is the one"}`, async () => {
    const insert = knex("loans").insert({ reader_id: 1, book_id: 77, shelf_id: 1 });
    const all =
      "There is no Reader with this readerId, no Book with this bookId or no Shelf with this shelfId.";
    expect(await findIssues(insert, on(Loan, "create"))).toEqual([
      {
        code: "reference.missing",
        path: isSqlite ? [] : ["bookId"],
        message: isSqlite ? all : "There is no Book with this bookId.",
      },
    ]);
  });

  it(`of a record that others refer to is on the relationship ${isSqlite ? "that SQLite does not name" : "to them"}`, async () => {
    expect(await findIssues(knex("readers").delete(), on(Reader, "destroy"))).toEqual([
      {
        code: "reference.held",
        path: isSqlite ? [] : ["loans"],
        message: isSqlite
          ? "Other records, perhaps of Reader or Loan, still refer to this Reader."
          : "Loan records still refer to this Reader.",
      },
    ]);
  });

  it(`of a record that a join refers to, by restrict, is on the relationship ${isSqlite ? "that SQLite does not name" : "through it"}`, async () => {
    expect(await findIssues(knex("books").delete(), on(Book, "destroy"))).toEqual([
      {
        code: "reference.held",
        path: isSqlite ? [] : ["readers"],
        message: isSqlite
          ? "Other records, perhaps of Loan, still refer to this Book."
          : "Loan records still refer to this Book.",
      },
    ]);
  });

  it(`of a record that its own kind refers to is on that relationship ${isSqlite ? "if only SQLite named it" : ""}`, async () => {
    await knex("loans").delete();
    await knex("readers").insert({ id: 2, email: "b@x", mentor_id: 1 });
    const [issue] = await findIssues(knex("readers").where({ id: 1 }).delete(), on(Reader, "destroy"));
    expect(issue?.path).toEqual(isSqlite ? [] : ["pupils"]);
    await knex("readers").update({ mentor_id: null });
  });

  it(`of a record that has no relationship to them names ${isSqlite ? "nobody" : "their table"}`, async () => {
    expect(await findIssues(knex("shelves").delete(), on(Shelf, "destroy"))).toEqual([
      {
        code: "reference.held",
        path: [],
        message: `${isSqlite ? "Other records" : 'Rows of "loans"'} still refer to this Shelf.`,
      },
    ]);
  });

  it("of a record whose key changes while others refer to it says that they do", async () => {
    const update = knex("books").where({ id: 1 }).update({ id: 2 });
    const [issue] = await findIssues(update, on(Book, "update"));
    expect(issue).toMatchObject({ code: "reference.held", path: isSqlite ? [] : ["readers"] });
  });

  it("keeps the database's own error as the cause", async () => {
    const error = await catchError(knex("readers").insert({ id: 1, email: "b@x" }));
    const translated = translateDatabaseError(error, on(Reader, "create"));
    expect(translated).toMatchObject({ name: "InvalidError", code: "attribute.taken", cause: error });
    expect(translateDatabaseError(translated, on(Loan, "create"))).toBe(translated);
  });

  it("of a statement that nothing is known of is told by its name", async () => {
    const insert = knex("loans").insert({ reader_id: 1, book_id: 77, shelf_id: 1 });
    const [issue] = await findIssues(insert);
    expect(issue).toMatchObject({
      code: "constraint.failed",
      message: isSqlite
        ? "A foreign key does not hold."
        : 'The foreign key "loans_book_id_fkey" of the table "loans" does not hold.',
    });
  });
});

describe.each(["pglite", "postgres"] as const)("a value that a column does not take, on %s", (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase(kind);
    await createLibrary(database);
  }, databaseTimeout);
  afterAll(() => database.close());

  const create = (row: object) =>
    findIssues(database.knex("readers").insert({ id: 2, email: "b@x", ...row }), on(Reader, "create"));

  it("names the words where one in a list is none of an enumeration's", async () => {
    expect(await create({ likes: ["poems", "prose"] })).toEqual([
      { code: "attribute.invalid", path: ["likes"], message: 'likes may hold only "poems" or "plays".' },
    ]);
  });

  it.each([
    [{ card: "no - uuid" }, "attribute.invalid", ["card"], "card is not valid for uuid."],
    [{ notes: "{" }, "attribute.invalid", ["notes"], "notes is not valid for json."],
    [{ fine: "1000" }, "attribute.out_of_range", ["fine"], "fine is out of range for numeric."],
    [{ mentor_id: 1e12 }, "attribute.out_of_range", [], "id or mentorId is out of range for integer."],
    [
      { nick_name: "x".repeat(21) },
      "attribute.too_long",
      [],
      "email or nickName is too long for character varying(20).",
    ],
    [
      { last_name: "a\0b" },
      "attribute.invalid",
      [],
      "Text holds a character that the database cannot store.",
    ],
  ])("is on the only attribute of its type, else on the whole: %j", async (row, code, path, message) => {
    expect(await create(row)).toEqual([{ code, path, message }]);
  });
});
