import type { Place } from "./ring-files.js";

/**
 * Ten files that use the ring at places far apart, as the parts of an application do. Each loads three deep with filters,
 * sorts and limits, reads what it loaded, filters through relationships, creates, and changes who is related.
 */
export function buildAshlarQueries(places: readonly Place[]): [string, string][] {
  return [["repo.ts", renderRepo()], ...findQueried(places).map(renderUse)];
}

/** The same reads and writes in drizzle-orm. */
export function buildDrizzleQueries(places: readonly Place[]): [string, string][] {
  return [["database.ts", renderDatabase()], ...findQueried(places).map(renderDrizzleUse)];
}

const QUERIES = 10;

function findQueried(places: readonly Place[]): Place[] {
  const step = Math.max(1, Math.floor(places.length / QUERIES));
  return places.filter((_, index) => index % step === 0).slice(0, QUERIES);
}

function renderRepo(): string {
  return `import type { Knex } from "knex";
import { createRepo } from "ashlar";
import { Ring } from "./domain.js";

declare const knex: Knex;
export const repo = createRepo(knex, { domains: [Ring] });
`;
}

function renderUse({ here, next }: Place): [string, string] {
  const text = `import { Link${here} } from "./link${here}.js";
import { Node${here} } from "./node${here}.js";
import { Node${next} } from "./node${next}.js";
import { repo } from "./repo.js";

export async function readRanks() {
  const nodes = await repo
    .query(Node${here})
    .filter({ active: true, next: { email: { contains: "@" }, previousLinks: { rank: { gt: 1 } } } })
    .sort("email", { seenAt: "desc" })
    .load("parent")
    .load("next", (next) =>
      next
        .filter({ age: { gte: 18 } })
        .sort("email")
        .limit(5)
        .load("next", (after) => after.sort({ age: "desc" }).load("previous"))
        .load("children"),
    )
    .read();
  return nodes.flatMap((node) =>
    node.next.flatMap(({ $join, next }) =>
      next.map(({ $join: further, previous }) => [$join.rank, further.rank, previous.length, node.parent?.email]),
    ),
  );
}

export async function addNode(email: string) {
  const node = await repo.create(Node${here}, { email, age: 36 });
  const other = await repo.create(Node${next}, { email, parentId: null });
  await repo.create(Link${here}, { fromId: node.id, toId: other.id, role: "first" });
  return repo
    .changeset(Node${here}, node)
    .forUpdate({ bio: "…" })
    .manageRelationship("next", [other], { type: "append" })
    .manageRelationship("children", [], { type: "append_and_remove" })
    .update();
}

export const countAdults = (): Promise<number> =>
  repo.query(Node${here}).filter({ parent: { age: { gte: 18 } }, or: [{ bio: null }, { active: false }] }).count();
`;
  return [`use${here}.ts`, text];
}

function renderDatabase(): string {
  return `import { drizzle } from "drizzle-orm/pg-proxy";
import { relations } from "./relations.js";

export const database = drizzle(async () => ({ rows: [] }), { relations });
`;
}

function renderDrizzleUse({ here, next }: Place): [string, string] {
  const text = `import { and, count, eq, gte, isNull, notInArray, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { database } from "./database.js";
import { link${here} } from "./link${here}.js";
import { node${here} } from "./node${here}.js";
import { node${next} } from "./node${next}.js";

export async function readRanks() {
  const nodes = await database.query.node${here}.findMany({
    where: { active: true, next: { email: { like: "%@%" }, previousLinks: { rank: { gt: 1 } } } },
    orderBy: { email: "asc", seenAt: "desc" },
    with: {
      parent: true,
      next: {
        where: { age: { gte: 18 } }, orderBy: { email: "asc" }, limit: 5,
        with: {
          previousLinks: true,
          next: { orderBy: { age: "desc" }, with: { previous: true, previousLinks: true } },
          children: true,
        },
      },
    },
  });
  return nodes.flatMap((node) =>
    node.next.flatMap(({ previousLinks, next }) =>
      next.map(({ previousLinks: further, previous }) => [
        previousLinks[0]?.rank, further[0]?.rank, previous.length, node.parent?.email,
      ]),
    ),
  );
}

export async function addNode(email: string) {
  const [node] = await database.insert(node${here}).values({ email, age: 36 }).returning();
  const [other] = await database.insert(node${next}).values({ email, parentId: null }).returning();
  if (node === undefined || other === undefined) throw new Error("Nothing was written.");
  await database.insert(link${here}).values({ fromId: node.id, toId: other.id, role: "first" });
  return database.transaction(async (transaction) => {
    const link = { fromId: node.id, toId: other.id, role: "first" };
    await transaction.insert(link${here}).values([link]).onConflictDoNothing();
    const others = and(eq(node${here}.parentId, node.id), notInArray(node${here}.id, []));
    await transaction.update(node${here}).set({ parentId: null }).where(others);
    return transaction.update(node${here}).set({ bio: "…" }).where(eq(node${here}.id, node.id)).returning();
  });
}

export async function countAdults(): Promise<number> {
  const parent = alias(node${here}, "parent");
  const [row] = await database
    .select({ count: count() })
    .from(node${here})
    .innerJoin(parent, eq(parent.id, node${here}.parentId))
    .where(and(gte(parent.age, 18), or(isNull(node${here}.bio), eq(node${here}.active, false))));
  return row?.count ?? 0;
}
`;
  return [`use${here}.ts`, text];
}
