import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals, useShop } from "../open-shop.js";
import { Category, insertRows } from "../shop.js";

const names = [
  "100%",
  "a_b",
  "a\\b",
  "a*b",
  "a?b",
  "a[b]c",
  "axb",
  "AXB",
  "äöü",
  "line\nbreak",
  "1000",
  "'; --",
];

describe.each(databaseKinds)("patterns on %s", (kind) => {
  const shop = useShop(kind, {
    seed: ({ knex }) =>
      insertRows(
        knex,
        Category,
        names.map((name) => ({ slug: name, name })),
      ),
  });

  async function find(name: object): Promise<string[]> {
    const found = await shop().repo.query(Category).filter({ name }).sort("id").read();
    return found.map((category) => category.name);
  }

  it.each(names)(
    "takes every character of %j as it is in contains, startsWith and endsWith",
    async (name) => {
      const holding = names.filter((each) => each.includes(name));
      expect(await find({ contains: name })).toEqual(holding);
      expect(await find({ startsWith: name })).toEqual(names.filter((each) => each.startsWith(name)));
      expect(await find({ endsWith: name })).toEqual(names.filter((each) => each.endsWith(name)));
    },
  );

  it.each<[string, string[]]>([
    ["100%", ["100%", "1000"]],
    ["100\\%", ["100%"]],
    ["a_b", ["a_b", "a\\b", "a*b", "a?b", "axb"]],
    ["a\\_b", ["a_b"]],
    ["a\\\\b", ["a\\b"]],
    ["a*b", ["a*b"]],
    ["a?b", ["a?b"]],
    ["a[b]c", ["a[b]c"]],
    ["%b%", ["a_b", "a\\b", "a*b", "a?b", "a[b]c", "axb", "line\nbreak"]],
    ["%", names],
    ["", []],
    ["_öü", ["äöü"]],
    ["\\axb", ["axb"]],
  ])("takes the pattern %j of like as SQL does", async (pattern, expected) => {
    expect(await find({ like: pattern })).toEqual(expected);
  });

  it("tells upper case from lower but in ilike", async () => {
    expect(await find({ like: "axb" })).toEqual(["axb"]);
    expect(await find({ contains: "X" })).toEqual(["AXB"]);
    expect(await find({ ilike: "aXb" })).toEqual(["axb", "AXB"]);
    expect(await find({ ilike: "a\\_B" })).toEqual(["a_b"]);
    expect(await find({ ilike: "A[B]%" })).toEqual(["a[b]c"]);
  });

  it("refuses a pattern that ends inside an escape, or is longer than a database takes", async () => {
    expect(await findRefusals(() => find({ like: "100\\" }))).toEqual([
      "filter.pattern.invalid at filter.name.like",
    ]);
    expect(await find({ like: "a\\\\" })).toEqual([]);
    expect(await findRefusals(() => find({ contains: "*".repeat(10_001) }))).toEqual([
      "filter.pattern.long at filter.name.contains",
    ]);
    expect(await find({ contains: "[".repeat(10_000) })).toEqual([]);
    expect(await find({ contains: "語".repeat(10_000) })).toEqual([]);
  });
});
