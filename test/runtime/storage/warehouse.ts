import {
  belongsTo,
  bigint,
  createRepo,
  datetime,
  domain,
  enumeration,
  integer,
  resource,
  text,
  uuid,
  uuidPrimaryKey,
  type Repo,
} from "../../../src/runtime/index.js";
import type { TestDatabase } from "../../databases/engines.js";

const actions = { defaults: ["create", "read", "update", "destroy"] } as const;

/** What any of the databases can hold; the tables are made by hand, as those of another program would be. */
export class Article extends resource({
  table: "articles",
  primaryKeyName: "article_key",
  attributes: {
    id: uuidPrimaryKey(),
    slug: text().required(),
    price: integer().required(),
    amount: integer().required().defaultSql("1 + 1"),
    total: integer().required().generatedAs("price * amount"),
    half: integer().generatedAs("price / 2", { mode: "virtual" }),
    state: enumeration("open", "sold").native("article_state").required().default("open"),
    deleted: integer(),
    shelfId: uuid(),
  },
  identities: {
    liveSlug: { attributes: ["slug"], where: "deleted is null and slug <> '?'", indexName: "live_slugs" },
    totalOfShelf: { attributes: ["shelfId", "total"], indexName: "one_total" },
  },
  checks: { cheap: { sql: "price < 1000", constraintName: "no_luxury" }, positive: "price >= 0" },
  actions,
}) {
  static readonly relationships = {
    shelf: belongsTo(() => Shelf, { foreignKey: "stands_on" }),
  };
}

export class Shelf extends resource({ table: "shelves", attributes: { id: uuidPrimaryKey() }, actions }) {}

const Warehouse = domain("Warehouse", { resources: [Article, Shelf] });

export async function openWarehouse({ kind, knex }: TestDatabase): Promise<Repo> {
  const state = kind === "sqlite" ? "text" : "article_state";
  if (kind !== "sqlite") await knex.raw(`create type article_state as enum ('open', 'sold')`);
  await knex.raw(`create table shelves (id char(36) primary key)`.replace("char(36)", uuidType(kind)));
  await knex.raw(`create table articles (
    id ${uuidType(kind)} not null, slug text not null, price integer not null,
    amount integer not null default (1 + 1), total integer not null generated always as (price * amount) stored,
    half integer generated always as (price / 2) virtual, state ${state} not null default 'open', deleted integer, shelf_id ${uuidType(kind)},
    constraint article_key primary key (id), constraint no_luxury check (price < 1000),
    constraint articles_positive_check check (price >= 0),
    constraint stands_on foreign key (shelf_id) references shelves (id))`);
  await knex.raw(`create unique index live_slugs on articles (slug) where deleted is null and slug <> '\\?'`);
  await knex.raw(`create unique index one_total on articles (shelf_id, total)`);
  return createRepo(knex, { domains: [Warehouse] });
}

function uuidType(kind: TestDatabase["kind"]): string {
  return kind === "sqlite" ? "char(36)" : "uuid";
}

/** What PostgreSQL alone has. */
export class Invoice extends resource({
  schema: "billing",
  table: "invoices",
  attributes: {
    number: bigint().primaryKey().generated("alwaysIdentity"),
    mail: text().required().databaseType("citext"),
    copies: text().array().required().databaseType("citext[]").default([]),
    code: text().databaseType("character varying(4)"),
    moods: enumeration("good", "bad").native("billing.Mood").array(),
    mood: enumeration("good", "bad").native("billing.Mood"),
    paidAt: datetime().databaseType("timestamp without time zone"),
    parentNumber: bigint(),
  },
  identities: { uniqueMail: ["mail"] },
  actions,
}) {
  static readonly relationships = { parent: belongsTo(() => Invoice, { sourceAttribute: "parentNumber" }) };
}

export const createBilling = `
  create schema billing;
  create domain citext as text;
  create type billing."Mood" as enum ('good', 'bad');
  create table billing.invoices (
    number bigint generated always as identity primary key, mail citext not null, copies citext[] not null default '{}',
    code varchar(4), moods billing."Mood"[], mood billing."Mood", paid_at timestamp,
    parent_number bigint references billing.invoices);
  create unique index invoices_unique_mail_index on billing.invoices (mail);
`;

export const Billing = domain("Billing", { resources: [Invoice] });
