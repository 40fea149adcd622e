import { beforeAll, describe, expect, test } from "vitest";
import { findDifference, readFixtureCases, updateFixture } from "./fixture-case.js";
import { runFixture, type FixtureRun } from "./run-fixture.js";

describe.each(readFixtureCases())("$name", (fixture) => {
  let run: FixtureRun;

  beforeAll(async () => {
    run = await runFixture(fixture);
    if (process.env["UPDATE_FIXTURES"]) updateFixture(fixture, run);
  });

  test("makes of the project what after/ says, and leaves every other file", () => {
    if (process.env["UPDATE_FIXTURES"]) return;
    expect(findDifference(run.after, fixture.before)).toEqual(fixture.after);
    expect(Object.keys(run.after)).toEqual(expect.arrayContaining(Object.keys(fixture.before)));
  });

  test("tells what told.txt says", () => {
    if (process.env["UPDATE_FIXTURES"]) return;
    expect(run.told).toBe(fixture.told);
  });

  test("changes nothing when it is run again", () => {
    expect(run.again.changed).toEqual([]);
    expect(run.again.after).toEqual(run.after);
  });
});
