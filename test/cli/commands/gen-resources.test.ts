import { describe, expect, test } from "vitest";
import { parseCommand } from "../../../src/cli/parse-command.js";
import { isAshlarError } from "../../../src/support/problem.js";

const options = { version: "1.0.0", columns: 80 };
const parse = (...args: readonly string[]) => parseCommand(["gen", "resources", ...args], options);

describe("gen resources", () => {
  test("takes tables in lists and again", () => {
    const flags = [
      "--from-database",
      "--tables",
      "users, billing.*",
      "--tables",
      "tasks",
      "--domain",
      "Shop",
    ];
    expect(parse(...flags, "--skip-tables", "logs", "--dry-run")).toMatchObject({
      kind: "gen resources",
      request: {
        tables: ["users", "billing.*", "tasks"],
        skipTables: ["logs"],
        domain: "Shop",
        includeViews: false,
      },
      options: { dryRun: true },
    });
  });

  test("asks for the flag that says where the tables are", () => {
    try {
      parse("--tables", "users");
      expect.unreachable();
    } catch (error) {
      if (!isAshlarError(error)) throw error;
      expect(error.problems).toMatchObject([{ code: "cli.source.missing" }]);
      expect(error).toMatchObject({ kind: "usage" });
    }
  });
});
