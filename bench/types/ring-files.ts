import { buildAshlarQueries, buildDrizzleQueries } from "./ring-queries.js";

/** The files of a project, text by path. */
export type ProjectFiles = ReadonlyMap<string, string>;

/**
 * A ring of resources, one a file: each meets the next and the previous through a join resource, reaches both join
 * resources, and refers to itself. Eight attributes everywhere, no annotation anywhere. Ten files query it.
 */
export function buildAshlarRing(size: number): ProjectFiles {
  const places = listPlaces(size);
  return new Map([
    ...places.map((place): [string, string] => [`node${place.here}.ts`, renderNode(place)]),
    ...places.map((place): [string, string] => [`link${place.here}.ts`, renderLink(place)]),
    ["domain.ts", renderDomain(places)],
    ["mixed.ts", renderMixed()],
    ...buildAshlarQueries(places),
  ]);
}

/** The same ring as tables and one `defineRelations`; foreign keys are left out, since they break its circles. */
export function buildDrizzleRing(size: number): ProjectFiles {
  const places = listPlaces(size);
  return new Map([
    ...places.map(({ here }): [string, string] => [`node${here}.ts`, renderNodeTable(here)]),
    ...places.map(({ here }): [string, string] => [`link${here}.ts`, renderLinkTable(here)]),
    ["schema.ts", places.map(renderTableExports).join("")],
    ["relations.ts", renderRelations(places)],
    ...buildDrizzleQueries(places),
  ]);
}

/** A place in the ring and its neighbours, as the numbers in their names. */
export interface Place {
  readonly here: string;
  readonly next: string;
  readonly previous: string;
}

function listPlaces(size: number): Place[] {
  return Array.from({ length: size }, (_, index) => ({
    here: String(index),
    next: String((index + 1) % size),
    previous: String((index + size - 1) % size),
  }));
}

function renderNode({ here, next, previous }: Place): string {
  return `import {
  belongsTo, boolean, datetime, decimal, hasMany, integer, manyToMany, resource, string, text, uuid, uuidPrimaryKey,
} from "ashlar";
import { Link${here} } from "./link${here}.js";
import { Link${previous} } from "./link${previous}.js";
import { Node${next} } from "./node${next}.js";
import { Node${previous} } from "./node${previous}.js";

export class Node${here} extends resource({
  table: "nodes${here}",
  attributes: {
    id: uuidPrimaryKey(),
    email: string().required(),
    bio: text(),
    age: integer(),
    active: boolean().required().default(true),
    balance: decimal(10, 2).required().default("0.00"),
    seenAt: datetime(),
    parentId: uuid(),
  },
  identities: { uniqueEmail: ["email"] },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = {
    parent: belongsTo(() => Node${here}, { sourceAttribute: "parentId", onDelete: "nilify" }),
    children: hasMany(() => Node${here}, { destinationAttribute: "parentId" }),
    nextLinks: hasMany(() => Link${here}, { destinationAttribute: "fromId" }),
    previousLinks: hasMany(() => Link${previous}, { destinationAttribute: "toId" }),
    next: manyToMany(() => Node${next}, {
      through: () => Link${here},
      sourceAttributeOnJoinResource: "fromId",
      destinationAttributeOnJoinResource: "toId",
    }),
    previous: manyToMany(() => Node${previous}, {
      through: () => Link${previous},
      sourceAttributeOnJoinResource: "toId",
      destinationAttributeOnJoinResource: "fromId",
    }),
  };
}
`;
}

function renderLink({ here, next }: Place): string {
  return `import { belongsTo, boolean, datetime, decimal, integer, resource, string, text, uuid } from "ashlar";
import { Node${here} } from "./node${here}.js";
import { Node${next} } from "./node${next}.js";

export class Link${here} extends resource({
  table: "links${here}",
  attributes: {
    fromId: uuid().primaryKey(),
    toId: uuid().primaryKey(),
    role: string().required(),
    note: text(),
    rank: integer(),
    active: boolean().required().default(true),
    weight: decimal(10, 2).required().default("0.00"),
    joinedAt: datetime(),
  },
  identities: { uniqueLink: ["fromId", "toId"] },
  actions: { defaults: ["create", "read", "destroy"] },
}) {
  static readonly relationships = {
    from: belongsTo(() => Node${here}, { onDelete: "cascade" }),
    to: belongsTo(() => Node${next}, { onDelete: "cascade" }),
  };
}
`;
}

function renderDomain(places: readonly Place[]): string {
  const imports = places.map(
    ({ here }) =>
      `import { Link${here} } from "./link${here}.js";\nimport { Node${here} } from "./node${here}.js";\n`,
  );
  const names = places.map(({ here }) => `Node${here}, Link${here}`);
  return `import { domain } from "ashlar";
${imports.join("")}
export const Ring = domain("Ring", { resources: [${names.join(", ")}] });
`;
}

/** What makes the compiler compare resources with each other; they have the same attributes on purpose. */
function renderMixed(): string {
  return `import { Link0 } from "./link0.js";
import { Node0 } from "./node0.js";
import { Node1 } from "./node1.js";
import { Node2 } from "./node2.js";
import { repo } from "./repo.js";

export const names = [Node0, Node1, Link0, Node2].map((resource) => resource.definition.name);
export const either = names.length > 3 ? Node0 : Node1;
export const first = <Resource>(one: Resource, _other: Resource): Resource => one;
export const counts = [repo.query(Node0), repo.query(Node1)].map((query) => query.count());
export const tables = [Node2].map((resource) => resource.definition.table);
export const same = first<typeof Node0 | typeof Node1>(Node0, Node1) === Node1;
`;
}

function renderNodeTable(here: string): string {
  return `import { boolean, integer, numeric, pgTable, text, timestamp, unique, uuid, varchar } from "drizzle-orm/pg-core";

export const node${here} = pgTable("nodes${here}", {
  id: uuid().primaryKey().defaultRandom(),
  email: varchar({ length: 255 }).notNull(),
  bio: text(),
  age: integer(),
  active: boolean().notNull().default(true),
  balance: numeric({ precision: 10, scale: 2 }).notNull().default("0.00"),
  seenAt: timestamp({ withTimezone: true }),
  parentId: uuid(),
}, (table) => [unique().on(table.email)]);
`;
}

function renderLinkTable(here: string): string {
  return `import { boolean, integer, numeric, pgTable, primaryKey, text, timestamp, uuid, varchar } from "drizzle-orm/pg-core";

export const link${here} = pgTable("links${here}", {
  fromId: uuid().notNull(),
  toId: uuid().notNull(),
  role: varchar({ length: 255 }).notNull(),
  note: text(),
  rank: integer(),
  active: boolean().notNull().default(true),
  weight: numeric({ precision: 10, scale: 2 }).notNull().default("0.00"),
  joinedAt: timestamp({ withTimezone: true }),
}, (table) => [primaryKey({ columns: [table.fromId, table.toId] })]);
`;
}

function renderTableExports({ here }: Place): string {
  return `export { link${here} } from "./link${here}.js";\nexport { node${here} } from "./node${here}.js";\n`;
}

function renderRelations(places: readonly Place[]): string {
  return `import { defineRelations } from "drizzle-orm";
import * as schema from "./schema.js";

export const relations = defineRelations(schema, (r) => ({
${places.map(renderPlaceRelations).join("")}}));
`;
}

function renderPlaceRelations({ here, next, previous }: Place): string {
  return `  node${here}: {
    parent: r.one.node${here}({ from: r.node${here}.parentId, to: r.node${here}.id }),
    children: r.many.node${here}({ from: r.node${here}.id, to: r.node${here}.parentId }),
    nextLinks: r.many.link${here}({ from: r.node${here}.id, to: r.link${here}.fromId }),
    previousLinks: r.many.link${previous}({ from: r.node${here}.id, to: r.link${previous}.toId }),
    next: r.many.node${next}({
      from: r.node${here}.id.through(r.link${here}.fromId),
      to: r.node${next}.id.through(r.link${here}.toId),
    }),
    previous: r.many.node${previous}({
      from: r.node${here}.id.through(r.link${previous}.toId),
      to: r.node${previous}.id.through(r.link${previous}.fromId),
    }),
  },
  link${here}: {
    from: r.one.node${here}({ from: r.link${here}.fromId, to: r.node${here}.id, optional: false }),
    to: r.one.node${next}({ from: r.link${here}.toId, to: r.node${next}.id, optional: false }),
  },
`;
}
