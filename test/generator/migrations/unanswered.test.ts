import { describe, expect, it } from "vitest";
import { findUnanswered } from "../../../src/generator/migrations/unanswered.js";
import type { Operation } from "../../../src/migrations/operation.js";
import { column } from "../../migrations/tables.js";

const operation: Operation = { kind: "dropColumn", table: "users", column: column("nick") };
const withheld = {
  operation,
  what: "users.nick",
  reason: "It would be lost.",
  hint: "--allow-drop users.nick",
};
const nothing = { questions: [], operations: [], withheld: [] };

describe("what has to be answered before a migration is written", () => {
  it("is nothing where there is nothing to do, or something that can be done", () => {
    expect(findUnanswered(nothing)).toBeUndefined();
    expect(findUnanswered({ ...nothing, operations: [operation], withheld: [withheld] })).toBeUndefined();
  });

  it("is what is withheld where there is nothing else", () => {
    const error = findUnanswered({ ...nothing, withheld: [withheld] });
    expect(error?.kind).toBe("usage");
    expect(error?.problems).toEqual([
      { code: "migration.step.withheld", message: "It would be lost.", hint: "--allow-drop users.nick" },
    ]);
  });

  it("is not what only goes with something else that is withheld", () => {
    const follower = { ...withheld, reason: "It goes with it.", follows: true as const };
    const error = findUnanswered({ ...nothing, withheld: [follower, withheld, follower] });
    expect(error?.problems.map(({ message }) => message)).toEqual(["It would be lost."]);
  });

  it("is what may have another name, whatever else there is to do", () => {
    const error = findUnanswered({
      questions: [
        { kind: "column", table: "users", from: "name", to: ["full_name"] },
        { kind: "table", from: "hens", to: ["ducks", "geese"] },
      ],
      operations: [operation],
      withheld: [withheld],
    });
    expect(error?.kind).toBe("usage");
    expect(error?.problems.map(({ message, hint }) => [message, hint])).toEqual([
      [
        'The column "name" of "users" is gone, and "full_name" is new: has it another name now?',
        "If it has: --rename users.name:full_name. If not: --not-renamed users.name",
      ],
      [
        'The table "hens" is gone, and "ducks" and "geese" are new: has it another name now?',
        "If it has: --rename-table hens:ducks or --rename-table hens:geese. If not: --not-renamed hens",
      ],
    ]);
  });
});
