import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeTables } from "../../../src/migrations/describe.js";
import { diffSnapshots } from "../../../src/migrations/diff.js";
import { parseTable, serializeTable } from "../../../src/migrations/serialize.js";
import type { Snapshot } from "../../../src/migrations/snapshot.js";
import {
  belongsTo,
  bigint,
  decimal,
  integer,
  integerPrimaryKey,
  resource,
  string,
  text,
  uuid,
  uuidPrimaryKey,
  type AnyResource,
} from "../../../src/runtime/index.js";
import { databaseTimeout, openDatabase, type TestDatabase } from "../../databases/engines.js";
import { dumpSchema } from "../../migrations/dump-schema.js";
import { prepareMigration } from "../../migrations/run-migration.js";
import { tellOperation } from "../../migrations/tell-operation.js";

interface ResourceChange {
  readonly before?: readonly AnyResource[];
  readonly after: readonly AnyResource[];
  readonly operations: readonly string[];
  /** What the database tells of the schema after it, among other things. */
  readonly holds?: readonly string[];
  /** A table with a row that is there before, and stays as it is. */
  readonly row?: readonly [table: string, values: Readonly<Record<string, string | number>>];
}

const id = uuidPrimaryKey();

class User extends resource({
  table: "users",
  attributes: {
    id,
    email: string().required().column("mail_address"),
    code: string(40).required().default("none"),
    name: text(),
  },
  identities: { byEmail: ["email"], byCode: ["code"], byNameAndCode: ["name", "code"] },
}) {}

class Bare extends resource({ table: "bares", attributes: { id } }) {}
class BareWithNote extends resource({ table: "bares", attributes: { id, note: text() } }) {}
class BareOfTenant extends resource({
  table: "bares",
  attributes: { tenantId: uuid().primaryKey(), id },
}) {}

class Country extends resource({ table: "countries", attributes: { code: string(2).primaryKey() } }) {}
class Meter extends resource({ table: "meters", attributes: { no: decimal(10, 2).primaryKey() } }) {}
class Sheet extends resource({ table: "sheets", attributes: { no: bigint().primaryKey() } }) {}
class Reading extends resource({
  table: "readings",
  attributes: {
    id,
    country: string(2).column("country_code"),
    meterNo: decimal(10, 2),
    sheetNo: bigint(),
  },
}) {
  static readonly relationships = {
    land: belongsTo(() => Country, { sourceAttribute: "country", destinationAttribute: "code" }),
    meter: belongsTo(() => Meter, { sourceAttribute: "meterNo", destinationAttribute: "no" }),
    sheet: belongsTo(() => Sheet, { sourceAttribute: "sheetNo", destinationAttribute: "no" }),
  };
}

class Role extends resource({ table: "roles", attributes: { id } }) {}
class UserRole extends resource({
  table: "a_user_roles",
  attributes: { roleId: uuid().primaryKey(), bareId: uuid().primaryKey() },
}) {
  static readonly relationships = { bare: belongsTo(() => Bare), role: belongsTo(() => Role) };
}

class Bill extends resource({ schema: "billing", table: "bills", attributes: { id } }) {}
class MovedBill extends resource({
  schema: "archive",
  table: "bills",
  renamedFrom: "billing.bills",
  attributes: { id },
}) {}
class NewBill extends resource({ schema: "archive", table: "bills", attributes: { id } }) {}
const line = { schema: "billing", table: "lines", attributes: { id, billId: uuid() } } as const;
class Line extends resource(line) {
  static readonly relationships = { bill: belongsTo(() => Bill, { onDelete: "cascade" }) };
}
class PatientLine extends resource(line) {
  static readonly relationships = {
    bill: belongsTo(() => Bill, { onDelete: "cascade", deferrable: "initiallyDeferred" }),
  };
}
class LineOfMovedBill extends resource(line) {
  static readonly relationships = { bill: belongsTo(() => MovedBill, { onDelete: "cascade" }) };
}

class Given extends resource({ table: "numbers", attributes: { id: integer().primaryKey() } }) {}
class Counted extends resource({ table: "numbers", attributes: { id: integerPrimaryKey() } }) {}

const priced = (price: ReturnType<typeof decimal>): AnyResource =>
  resource({ table: "wares", attributes: { id, price } });
const named = (name: ReturnType<typeof string>): AnyResource =>
  resource({ table: "people", attributes: { id, name } });
const ware = ["wares", { price: "12.50" }] as const;
const person = ["people", { name: "Ada" }] as const;

const changes: Readonly<Record<string, ResourceChange>> = {
  "case 27: a first table, with a length, a default and identities over renamed columns": {
    after: [User],
    operations: ["createTable users"],
    holds: [
      "column users.code character varying(40) not null default 'none'::character varying",
      "index CREATE UNIQUE INDEX users_by_email_index ON public.users USING btree (mail_address)",
      "index CREATE UNIQUE INDEX users_by_name_and_code_index ON public.users USING btree (name, code)",
    ],
  },
  "case 28: a table in a schema, which is made too": {
    after: [Bill],
    operations: ["createSchema billing", "createTable billing.bills"],
    holds: ["constraint billing.bills.bills_pkey PRIMARY KEY (id)"],
  },
  "case 29: no resources": { after: [], operations: [] },
  "case 30: a table of a key alone": { after: [Bare], operations: ["createTable bares"] },
  "case 31: a column more": {
    before: [Bare],
    after: [BareWithNote],
    operations: ["addColumn bares.note"],
  },
  "case 39: a column more in the key": {
    before: [Bare],
    after: [BareOfTenant],
    operations: ["dropPrimaryKey bares_pkey", "addColumn bares.tenant_id", "addPrimaryKey bares_pkey"],
    holds: ["constraint bares.bares_pkey PRIMARY KEY (tenant_id, id)"],
  },
  "cases 40 and 54: references to keys of other types": {
    after: [Reading, Country, Meter, Sheet],
    operations: ["createTable countries", "createTable meters", "createTable sheets", "createTable readings"],
    holds: [
      "column readings.country_code character varying(2)",
      "column readings.meter_no numeric(10,2)",
      "column readings.sheet_no bigint",
    ],
  },
  "case 46: a reference in a schema that may wait": {
    before: [Bill, Line],
    after: [Bill, PatientLine],
    operations: ["dropForeignKey lines_bill_id_fkey", "addForeignKey lines_bill_id_fkey"],
    holds: [
      "constraint billing.lines.lines_bill_id_fkey FOREIGN KEY (bill_id) REFERENCES billing.bills(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
    ],
  },
  "case 51: a table that moves to another schema, and what refers to it": {
    before: [Bill, Line],
    after: [MovedBill, LineOfMovedBill],
    operations: ["createSchema archive", "renameTable billing.bills to archive.bills"],
  },
  "case 51: a table of the same name in another schema that nobody says has moved": {
    before: [Bill],
    after: [NewBill],
    operations: [
      "createSchema archive",
      "createTable archive.bills",
      "dropTable billing.bills",
      "dropSchema billing",
    ],
  },
  "case 53: a key that begins to count": {
    before: [Given],
    after: [Counted],
    operations: ["alterColumn numbers.id"],
    row: ["numbers", { id: 7 }],
    holds: ["sequence numbers_id_seq"],
  },
  "case 53: a key that counts no more": {
    before: [Counted],
    after: [Given],
    operations: ["alterColumn numbers.id"],
    row: ["numbers", { id: 7 }],
  },
  "case 54: a decimal of more digits": {
    before: [priced(decimal(10, 2))],
    after: [priced(decimal(12, 2))],
    operations: ["alterColumn wares.price"],
    holds: ["column wares.price numeric(12,2)"],
    row: ware,
  },
  "case 54: a decimal of any digits": {
    before: [priced(decimal(10, 2))],
    after: [priced(decimal())],
    operations: ["alterColumn wares.price"],
    holds: ["column wares.price numeric"],
    row: ware,
  },
  "case 55: a text one longer, whose values stay": {
    before: [named(string(100))],
    after: [named(string(101))],
    operations: ["alterColumn people.name"],
    holds: ["column people.name character varying(101)"],
    row: person,
  },
  "case 55: a text that gets a length": {
    before: [named(text())],
    after: [named(string(40))],
    operations: ["alterColumn people.name"],
    holds: ["column people.name character varying(40)"],
    row: person,
  },
  "a join table before its ends by name, its key in the order of declaration, each reference indexed once": {
    before: [Bare, Role],
    after: [Bare, Role, UserRole],
    operations: ["createTable a_user_roles"],
    holds: [
      "constraint a_user_roles.a_user_roles_pkey PRIMARY KEY (role_id, bare_id)",
      "index CREATE INDEX a_user_roles_bare_id_index ON public.a_user_roles USING btree (bare_id)",
    ],
  },
};

describe("resources that change", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase("pglite");
  }, databaseTimeout);
  afterAll(() => database.close());
  afterEach(async () => {
    await database.knex.raw(
      "drop schema if exists billing, archive cascade; drop schema public cascade; create schema public",
    );
  });

  test.each(Object.entries(changes))("%s", async (_, { before = [], after, operations, holds = [], row }) => {
    const old = describeTables(before.map(({ definition }) => definition));
    const young = describeTables(after.map(({ definition }) => definition));
    const steps = diffSnapshots(old.snapshot, young.snapshot, young.renames);
    expect(steps.map(tellOperation)).toEqual(operations);
    expect(diffSnapshots(readBack(young.snapshot), young.snapshot, young.renames)).toEqual([]);

    await (await prepareMigration(database, diffSnapshots(new Map(), old.snapshot))).up();
    if (row) await database.knex(row[0]).insert(row[1]);
    const start = await dumpSchema(database);
    const migration = await prepareMigration(database, steps, old.snapshot);
    await migration.up();
    const made = await dumpSchema(database);
    expect(made).toEqual(expect.arrayContaining([...holds]));
    await migration.down();
    expect(await dumpSchema(database)).toEqual(start);
    await migration.up();
    expect(await dumpSchema(database)).toEqual(made);
    if (row) expect(await database.knex(row[0])).toMatchObject([row[1]]);
  });
});

test("case 60: the order in which a table's attributes and references are declared is in no file", () => {
  class Link extends resource({ table: "links", attributes: { id, bareId: uuid(), roleId: uuid() } }) {
    static readonly relationships = { role: belongsTo(() => Role), bare: belongsTo(() => Bare) };
  }
  class Turned extends resource({ table: "links", attributes: { roleId: uuid(), bareId: uuid(), id } }) {
    static readonly relationships = { bare: belongsTo(() => Bare), role: belongsTo(() => Role) };
  }
  const [one, other] = [describeWithEnds(Link), describeWithEnds(Turned)];
  expect(listFiles(one)).toEqual(listFiles(other));
  expect(diffSnapshots(one, other)).toEqual([]);
});

function describeWithEnds(link: AnyResource): Snapshot {
  return describeTables([Bare.definition, Role.definition, link.definition]).snapshot;
}

function listFiles(snapshot: Snapshot): readonly string[] {
  return [...snapshot.values()].map(serializeTable).sort();
}

/** The tables as their files hold them. */
function readBack(snapshot: Snapshot): Snapshot {
  return new Map([...snapshot].map(([key, table]) => [key, parseTable(serializeTable(table), key)]));
}
