import knexModule, { type Knex } from "knex";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  belongsTo,
  create,
  createRepo,
  domain,
  manyToMany,
  resource,
  string,
  update,
  uuid,
  uuidPrimaryKey,
  type Repo,
} from "../../../src/runtime/index.js";
import { DatabaseUnavailableError } from "../../../src/runtime/errors/errors.js";
import { databaseTimeout } from "../../databases/engines.js";
import {
  startPostgres,
  type PostgresConnection,
  type PostgresServer,
} from "../../databases/postgres-server.js";
import { createTables } from "../shop.js";

/** What happens once the join row is written, and what was told of commits. */
let interrupt: (repo: Repo) => Promise<void> = async () => {};
const committed: string[] = [];

class Person extends resource({
  table: "people",
  attributes: { id: uuidPrimaryKey(), name: string().required() },
  actions: {
    defaults: ["create", "read", "destroy"],
    update: update({ afterCommit: [() => void committed.push("person")] }),
  },
}) {
  static readonly relationships = {
    groups: manyToMany(() => Group, {
      through: () => Membership,
      sourceAttributeOnJoinResource: "personId",
      destinationAttributeOnJoinResource: "groupId",
    }),
  };
}

class Group extends resource({
  table: "groups",
  attributes: { id: uuidPrimaryKey(), name: string().required() },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {}

class Membership extends resource({
  table: "memberships",
  attributes: { personId: uuid().primaryKey(), groupId: uuid().primaryKey() },
  actions: {
    defaults: ["read", "destroy"],
    create: create({
      after: [({ repo }) => interrupt(repo)],
      afterCommit: [() => void committed.push("membership")],
    }),
  },
}) {
  static readonly relationships = { person: belongsTo(() => Person), group: belongsTo(() => Group) };
}

const resources = [Person, Group, Membership];
const People = domain("People", { resources });

describe("a connection that is cut in the middle of a transaction", () => {
  let server: PostgresServer;
  let connection: PostgresConnection;
  let admin: Knex;
  let knex: Knex;
  let repo: Repo;
  let person: Person;
  beforeAll(async () => {
    server = await startPostgres();
    connection = await server.createDatabase();
    admin = open();
    await createTables(admin, resources);
  }, databaseTimeout);
  afterAll(async () => {
    await admin.destroy();
    await server.stop();
  });
  beforeEach(async () => {
    knex = open();
    repo = createRepo(knex, { domains: [People] });
    person = await repo.create(Person, { name: "Ann" });
    committed.length = 0;
  });
  afterEach(async () => {
    interrupt = async () => {};
    await knex.destroy();
  });

  /** Knex writes to the console that a connection failed, too. */
  function open(): Knex {
    const log = { warn() {}, error() {}, debug() {} };
    return knexModule.knex({ client: "pg", connection, pool: { min: 0, max: 2 }, log });
  }

  async function findProcess(inner: Repo): Promise<number> {
    const { rows } = await inner.knex.raw<{ rows: { pid: number }[] }>("select pg_backend_pid() as pid");
    return rows[0]?.pid ?? 0;
  }

  function change(): Promise<unknown> {
    return repo
      .changeset(Person, person)
      .forUpdate({ name: "Eve" })
      .manageRelationship("groups", [{ name: "new" }, { name: "newer" }], { type: "direct_control" })
      .update();
  }

  async function expectNothing(): Promise<void> {
    await expect.poll(() => repo.query(Group).count().catch(String), { timeout: 30_000 }).toBe(0);
    expect(await repo.query(Membership).count()).toBe(0);
    expect((await repo.get(Person, person.id)).name).toBe("Ann");
    expect(committed).toEqual([]);
    interrupt = async () => {};
    await change();
    expect(await repo.query(Membership).filter({ personId: person.id }).count()).toBe(2);
    expect(committed).toEqual(["membership", "membership", "person"]);
    await repo.knex("memberships").delete();
    await repo.knex("groups").delete();
  }

  it("by pg_terminate_backend: told so, nothing half done, nothing told as committed, the next works", async () => {
    interrupt = async (inner) => {
      await admin.raw("select pg_terminate_backend(?)", [await findProcess(inner)]);
      await inner.query(Group).count();
    };
    await expect(change()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expectNothing();
  });

  it("by pg_terminate_backend before the commit alone", async () => {
    const cut = repo.transaction(async (inner) => {
      await change();
      await admin.raw("select pg_terminate_backend(?)", [await findProcess(inner)]);
    });
    await expect(cut).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expectNothing();
  });

  it("by the server that is killed and starts again: the same", async () => {
    interrupt = async (inner) => {
      interrupt = async () => {};
      process.kill(await findProcess(inner), "SIGKILL");
    };
    await expect(change()).rejects.toBeInstanceOf(DatabaseUnavailableError);
    await expectNothing();
  });
});
