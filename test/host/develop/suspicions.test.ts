import { expect, test } from "vitest";
import { findSuspicions, refuseSuspicious } from "../../../src/host/develop/suspicions.js";
import type { DatabasePlace, DatabaseTarget } from "../../../src/host/develop/database-target.js";
import { isAshlarError } from "../../../src/support/problem.js";
import { createTemporaryFolder } from "../temporary-project.js";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

function describeTarget(place: DatabasePlace, root = "/home/ada/shop", environment = "development") {
  return { root, environment, config: {}, place } satisfies DatabaseTarget;
}

function onServer(host: string, name = "shop"): DatabasePlace {
  return { kind: "postgres", name, host, port: 5432, connection: {} };
}

test.each(["localhost", "127.0.0.1", "127.0.1.1", "::1", "/var/run/postgresql", "db.localhost"])(
  "a database at %s is a developer's own",
  (host) => expect(findSuspicions(describeTarget(onServer(host)))).toEqual([]),
);

test.each(["db.example.org", "10.0.0.7", "db", "localhost.example.org", "127.0.0.1.example.org", ""])(
  'a database at "%s" may be others\'',
  (host) =>
    expect(findSuspicions(describeTarget(onServer(host)))).toEqual([
      `its host "${host}" is not this machine`,
    ]),
);

test.each([
  "shop_production",
  "production",
  "staging-shop",
  "prod",
  "LIVE_shop",
  "shop2_prod",
  "shop_prd",
  "shop-stg",
])("a database that is called %s may be others'", (name) =>
  expect(findSuspicions(describeTarget(onServer("localhost", name)))).toEqual([`it is called "${name}"`]),
);

test.each(["products", "reproduction", "livestock", "delivery", "shop"])("%s is no such name", (name) =>
  expect(findSuspicions(describeTarget(onServer("localhost", name)))).toEqual([]),
);

test.each(["production", "staging", "Production", "preview"])(
  "the environment %s is not for development",
  (name) =>
    expect(findSuspicions(describeTarget({ kind: "memory" }, "/shop", name))).toEqual([
      `the environment is "${name}"`,
    ]),
);

test.each(["development", "test", "ci"])("the environment %s is", (name) =>
  expect(findSuspicions(describeTarget({ kind: "memory" }, "/shop", name))).toEqual([]),
);

test("a file outside the project may be others', also where a link leads there", () => {
  const folder = createTemporaryFolder();
  const root = join(folder, "shop");
  mkdirSync(root);
  mkdirSync(join(folder, "elsewhere"));
  symlinkSync("../elsewhere", join(root, "linked"));
  const find = (path: string) =>
    findSuspicions(describeTarget({ kind: "sqlite", path: join(root, path) }, root));
  expect(find("data.sqlite")).toEqual([]);
  expect(find("new/deep/data.sqlite")).toEqual([]);
  for (const path of ["../data.sqlite", "linked/data.sqlite", "linked/new/data.sqlite"])
    expect(find(path), path).toEqual([`it lies outside the project, "${root}"`]);
});

test("everything that makes it look so is named, and what to type", () => {
  const target = describeTarget(onServer("db.example.org", "shop_prod"), "/shop", "production");
  try {
    refuseSuspicious(target, "reset");
  } catch (error) {
    if (!isAshlarError(error)) throw error;
    expect(error.problems).toEqual([
      {
        code: "develop.refused",
        message:
          'The database "shop_prod" at db.example.org:5432 does not look like one for development: the environment is "production", and its host "db.example.org" is not this machine, and it is called "shop_prod". Nothing was done.',
        hint: "If it is one all the same: npx ashlar reset --force",
      },
    ]);
    return;
  }
  throw new Error("It was not refused.");
});
