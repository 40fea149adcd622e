import { describe, expect, test } from "vitest";
import { splitCommand } from "../../src/testing/split-command.js";

describe("a command", () => {
  test("is split at white space, wherever it breaks its lines", () => {
    expect(splitCommand("  gen resource\n\tAccounts   User\n")).toEqual([
      "gen",
      "resource",
      "Accounts",
      "User",
    ]);
  });

  test("keeps what stands in quotes together, and takes the quotes off", () => {
    expect(splitCommand(`a "b c" 'd "e" f' --x="y z"`)).toEqual(["a", "b c", 'd "e" f', "--x=y z"]);
  });

  test("keeps a word that is empty", () => {
    expect(splitCommand(`--description "" ''`)).toEqual(["--description", "", ""]);
  });

  test("reads backslashes as a shell does: outside quotes and in double ones, not in single ones", () => {
    expect(splitCommand(String.raw`it\'s "a \"b\" \n" 'c\d'`)).toEqual([
      "it's",
      String.raw`a "b" \n`,
      String.raw`c\d`,
    ]);
  });

  test("continues behind a backslash at the end of a line", () => {
    expect(splitCommand("gen resource \\\n  Accounts \\\r\n  User")).toEqual([
      "gen",
      "resource",
      "Accounts",
      "User",
    ]);
  });

  test.each(["$ npx ashlar gen domain Works", "ashlar gen domain Works", "npx ashlar gen domain Works"])(
    "is what stands behind the prompt and the program: %s",
    (command) => expect(splitCommand(command)).toEqual(["gen", "domain", "Works"]),
  );

  test("may be nothing but the program", () => {
    expect(splitCommand("npx ashlar")).toEqual([]);
  });

  test.each([`gen "domain`, "gen 'domain", "gen domain\\"])(
    "is refused with its open end quoted: %s",
    (command) => {
      expect(() => splitCommand(command)).toThrow(`The command "${command}" has a quote or a backslash`);
    },
  );
});
