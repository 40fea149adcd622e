import { describe, expect, it } from "vitest";
import { AshlarError, isAshlarError } from "../../../src/support/problem.js";
import {
  DatabaseUnavailableError,
  InvalidError,
  MultipleResultsError,
  NotFoundError,
  StaleRecordError,
  TransactionAbortedError,
} from "../../../src/runtime/errors/errors.js";
import { listReferences } from "../../../src/runtime/errors/references.js";
import { Loan, Reader, Secret } from "./library.js";

const resource = Reader.definition;
const issues = [
  { code: "attribute.required", path: ["email"], message: "email is required.", hint: "Give it a value." },
  { code: "attribute.taken", path: ["tasks", 2], message: "id is taken already." },
];

describe("an error of the runtime", () => {
  it.each([
    ["InvalidError", new InvalidError(issues), "attribute.required"],
    ["NotFoundError", new NotFoundError({ resource }), "record.not_found"],
    ["MultipleResultsError", new MultipleResultsError({ resource }), "record.multiple_results"],
    ["StaleRecordError", new StaleRecordError({ resource, operation: "update" }), "record.stale"],
    ["TransactionAbortedError", new TransactionAbortedError("deadlock"), "transaction.deadlock"],
    ["DatabaseUnavailableError", new DatabaseUnavailableError({ reason: "lost" }), "database.unavailable"],
  ])("is an AshlarError with a name and a code of its own: %s", (name, error, code) => {
    expect(error).toBeInstanceOf(AshlarError);
    expect(isAshlarError(error)).toBe(true);
    expect(error).toMatchObject({ name, code, kind: "failure" });
    expect(String(error)).toMatch(new RegExp(`^${name}: `));
  });

  it("keeps its issues, and its cause where there is one", () => {
    const cause = new Error("why");
    expect(new InvalidError(issues, { cause })).toMatchObject({ issues, problems: issues, cause });
    expect(new InvalidError(issues)).not.toHaveProperty("cause");
    expect(new InvalidError(issues).message).toBe(
      "email is required. Give it a value.\nid is taken already.",
    );
  });
});

it("an error that only looks like one of ashlar's is not one", () => {
  const other = Object.assign(new Error("no"), { name: "AshlarError", problems: [] });
  for (const value of [other, new Error("no"), issues, null, undefined]) {
    expect(isAshlarError(value)).toBe(false);
  }
});

describe("an error about a record", () => {
  it("names it by its key", () => {
    const key = { readerId: 7n, bookId: new Date(0) };
    const meant = { resource: Loan.definition, key };
    const loan = 'Loan with readerId "7" and bookId "1970-01-01T00:00:00.000Z"';
    expect(new NotFoundError(meant).message).toMatch(`There is no ${loan}. `);
    expect(new MultipleResultsError(meant).message).toMatch(`The query found more than one ${loan}. `);
    expect(new StaleRecordError({ ...meant, operation: "destroy" }).message).toMatch(
      `The ${loan} was not destroyed: it is gone, or was changed since it was read. `,
    );
  });

  it("names its resource where there is no key", () => {
    expect(new NotFoundError({ resource }).message).toMatch("The query found no Reader. ");
    expect(new MultipleResultsError({ resource }).message).toMatch("The query found more than one Reader. ");
  });

  it("shows no sensitive value, no value of an unknown attribute, and no long one in full", () => {
    const secret = new NotFoundError({ resource: Secret.definition, key: { word: "hush", wrod: "hush" } });
    expect(secret.message).toMatch("There is no Secret with this word and this wrod. ");
    const long = new NotFoundError({ resource, key: { email: "x".repeat(100) } });
    expect(long.message).toMatch(`There is no Reader with email "${"x".repeat(80)}…". `);
  });

  it("takes whatever was given as a key", () => {
    const hostile = [
      Object.create(null),
      Symbol("s"),
      {
        toString: () => {
          throw new Error("no");
        },
      },
      null,
      ["a"],
    ];
    for (const id of hostile)
      expect(new NotFoundError({ resource, key: { id } }).code).toBe("record.not_found");
  });
});

it("the references of a resource are its foreign keys, for asking which is missing", () => {
  const found = listReferences(Loan.definition).map(({ attribute, destination, destinationAttribute }) => [
    attribute,
    destination.name,
    destinationAttribute,
  ]);
  expect(found).toEqual([
    ["readerId", "Reader", "id"],
    ["bookId", "Book", "id"],
    ["shelfId", "Shelf", "id"],
  ]);
});
