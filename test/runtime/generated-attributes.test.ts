import { describe, expect, it } from "vitest";
import {
  integerPrimaryKey,
  resource,
  timestamps,
  uuidPrimaryKey,
  uuidV7PrimaryKey,
} from "../../src/runtime/index.js";

describe("a generated primary key", () => {
  it.each([
    ["uuidPrimaryKey", uuidPrimaryKey(), "uuid", "uuidV4"],
    ["uuidV7PrimaryKey", uuidV7PrimaryKey(), "uuid", "uuidV7"],
    ["integerPrimaryKey", integerPrimaryKey(), "integer", "increment"],
  ])("%s is required, read-only and made by itself", (_, key, kind, by) => {
    expect(key.options).toMatchObject({
      type: { kind },
      primaryKey: true,
      required: true,
      readOnly: true,
      default: { kind: "generated", by },
    });
  });
});

describe("timestamps", () => {
  it("are two required, read-only moments made now, the second anew at every update", () => {
    const { insertedAt, updatedAt } = timestamps();
    const made = { required: true, readOnly: true, default: { kind: "generated", by: "now" } };
    expect(insertedAt.options).toMatchObject({ ...made, updatedAutomatically: false });
    expect(updatedAt.options).toMatchObject({ ...made, updatedAutomatically: true });
  });

  it("are spread among attributes and kept in the columns inserted_at and updated_at", () => {
    class Note extends resource({ table: "notes", attributes: { id: uuidPrimaryKey(), ...timestamps() } }) {}
    expect(Note.definition.attributes.map(({ name, column }) => [name, column])).toEqual([
      ["id", "id"],
      ["insertedAt", "inserted_at"],
      ["updatedAt", "updated_at"],
    ]);
  });

  it("can be spelled in snake_case", () => {
    expect(Object.keys(timestamps("snake_case"))).toEqual(["inserted_at", "updated_at"]);
  });
});
