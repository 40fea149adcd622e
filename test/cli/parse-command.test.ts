import { expect, test } from "vitest";
import { describeProblems, parse } from "./parse.js";

test("commands without flags are read", () => {
  expect(parse("migrate")).toEqual({ kind: "migrate" });
  expect(parse("rollback")).toEqual({ kind: "rollback", all: false });
  expect(parse("status")).toEqual({ kind: "status" });
  expect(parse("init")).toMatchObject({ kind: "init" });
  expect(parse("gen domain Accounts")).toMatchObject({ kind: "gen domain", name: "Accounts" });
});

test("how far to migrate is read as a name or a number", () => {
  expect(parse("migrate --step 2")).toEqual({ kind: "migrate", step: 2 });
  expect(parse("migrate --to 20260101000000")).toEqual({ kind: "migrate", to: "20260101000000" });
  expect(parse("rollback --all")).toEqual({ kind: "rollback", all: true });
});

test("how a run of migrations waits, and what it accepts, is read", () => {
  expect(parse("migrate --lock-timeout 500ms --wait 1.5m --json")).toEqual({
    kind: "migrate",
    lockTimeout: 500,
    maximumWait: 90_000,
    json: true,
  });
  expect(parse("rollback --lock-timeout 0")).toEqual({ kind: "rollback", all: false, lockTimeout: 0 });
  expect(parse("migrate --accept-edited --allow-late --allow-missing")).toEqual({
    kind: "migrate",
    acceptEdited: true,
    allowLate: true,
    allowMissing: true,
  });
  expect(parse("status --check --json")).toEqual({ kind: "status", check: true, json: true });
});

test.each(["5", "soon", "5 parsecs", "99999h", "-1s"])("%s is no time to wait", (value) => {
  expect(describeProblems(`migrate --lock-timeout=${value.replace(" ", "")}`)[0]).toMatch(
    /^cli\.flag\.duration: --lock-timeout takes a time with its unit, not "/,
  );
});

test("how far to migrate is said once", () => {
  expect(describeProblems("rollback --all --step 2")).toEqual([
    "cli.flag.exclusive: --step and --all each say how far to go: only one can hold. Such as: npx ashlar rollback --step 2",
  ]);
  expect(describeProblems("migrate --step 1 --step 2")[0]).toContain('was given "1" and "2"');
});

test.each(["0", "-1", "1.5", "two", ""])("--step %j is no number of migrations", (value) => {
  expect(describeProblems(`migrate --step=${value}`)[0]).toMatch(/^cli\.flag\.(number|value)/);
});

test("a new project needs a folder, installs unless refused, and may have an example", () => {
  expect(parse("new shop --example --no-install --database sqlite")).toMatchObject({
    kind: "new",
    folder: "shop",
    example: true,
    install: false,
    database: "sqlite",
  });
  expect(parse("new shop")).toMatchObject({ example: false, install: true });
  expect(describeProblems("new")[0]).toContain("cli.folder.missing");
});

test("a mistyped flag is told with the one that was meant", () => {
  expect(describeProblems("gen resource Accounts User --atributes a --dryrun")).toEqual([
    'cli.flag.unknown: "--atributes" is not a flag of this command. Did you mean "--attributes"?',
    'cli.flag.unknown: "--dryrun" is not a flag of this command. Did you mean "--dry-run"?',
  ]);
  expect(describeProblems("gen resource Accounts User --no-migraton")[0]).toContain('"--no-migration"');
});

test("a flag that is like none is told with where they are listed", () => {
  expect(describeProblems("migrate --zork -x")).toEqual([
    'cli.flag.unknown: "--zork" is not a flag of this command. Add --help to see the flags it has.',
    'cli.flag.unknown: "-x" is not a flag of this command. Add --help to see the flags it has.',
  ]);
});

test("a mistyped command is told with the one that was meant", () => {
  expect(describeProblems("migrat")[0]).toContain('"migrat" is not a command. Did you mean "migrate"?');
  expect(describeProblems("gen resouce Accounts User")).toEqual([
    'cli.command.unknown: "resouce" is not a command. Did you mean "resource"? The commands are: domain, resource, resources, migrations.',
  ]);
  expect(describeProblems("resource Accounts User")[0]).toContain('Did you mean "gen resource"?');
});

test("gen alone asks what to make", () => {
  expect(describeProblems("gen")[0]).toMatch(/^cli\.command\.missing.*domain, resource/);
});

test("a word too many is quoted", () => {
  expect(describeProblems("migrate now")[0]).toContain('cli.word.unexpected: "now" was not expected here.');
});

test.each(["a(b", "[", "*"])("a word too many is quoted, whatever stands in it: %s", (word) => {
  expect(describeProblems(`gen domain A ${word}`)[0]).toContain(
    `cli.word.unexpected: "${word}" was not expected here.`,
  );
});

test("flags of a letter are told apart from words of one", () => {
  expect(describeProblems("gen resource Accounts User -yx=1 -?").map((told) => told.slice(0, 22))).toEqual([
    'cli.flag.unknown: "-x"',
    'cli.flag.unknown: "-?"',
  ]);
  expect(describeProblems("migrate . -x")).toEqual([
    expect.stringContaining('cli.flag.unknown: "-x"'),
    expect.stringContaining('cli.word.unexpected: "."'),
  ]);
});

test("a flag without its value is named", () => {
  expect(describeProblems("gen resource Accounts User --table")[0]).toContain("--table needs a value");
});

test("the version is text to print", () => {
  expect(parse("--version")).toEqual({ kind: "text", text: "1.2.3" });
});

function readHelp(line: string): string {
  const command = parse(line);
  if (command.kind !== "text") throw new Error(`"${line}" is read as ${command.kind}.`);
  return command.text;
}

test("without a command the commands are listed, as a person types them", () => {
  const help = readHelp("");
  expect(help).toBe(readHelp("--help"));
  for (const usage of [
    "new <folder>",
    "init",
    "gen domain <Name>",
    "gen resource <Domain> <Name>",
    "migrate",
  ]) {
    expect(help).toContain(`  ashlar ${usage}  `);
  }
});

test("help is help, whatever else is on the line", () => {
  expect(readHelp("gen resource --zork -h")).toBe(readHelp("gen resource --help"));
  expect(readHelp("new --help")).toContain("ashlar new <folder> [flags]");
});

test("the help of a command lists its own flags before those that others have too", () => {
  const help = readHelp("squash --help");
  const places = ["--to ", "--force ", "--dry-run ", "--version "].map((flag) => help.indexOf(flag));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test("the help of gen resource lists every flag with its aliases", () => {
  const help = readHelp("gen resource --help");
  const flags = [
    "--primary-key",
    "-u, --uuid-primary-key",
    "--uuid-v7-primary-key",
    "-i, --integer-primary-key",
    "-a, --attributes, --attribute",
    "-r, --relationships, --relationship",
    "--identity",
    "-t, --timestamps",
    "--default-actions",
    "--table",
    "--plural",
    "--description",
    "--on-delete",
    "--inverse",
    "--no-inverse",
    "--join",
    "--no-join",
    "--no-references",
    "--conflicts",
    "--ignore-if-exists",
    "--migration-name",
    "--no-migration",
    "--dry-run",
    "--diff",
    "--check",
    "-y, --yes",
    "--json",
  ];
  for (const flag of flags) expect(help).toMatch(new RegExp(`${flag}[ ,]`));
  expect(help).not.toMatch(/--references |--migration /);
});

test("help keeps to the width of the terminal", () => {
  const lines = readHelp("gen resource --help").split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});
