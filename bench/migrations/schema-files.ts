/** Ten resources a domain, as projects have them. */
const domainSize = 10;

/** What one of the resources is like: each has the same columns, and refers to the next of its domain. */
interface Place {
  readonly number: number;
  readonly next: number;
  readonly area: number;
}

function listPlaces(count: number): readonly Place[] {
  return Array.from({ length: count }, (_, number) => {
    const area = Math.floor(number / domainSize);
    const isLast = (number + 1) % domainSize === 0 || number === count - 1;
    return { number, area, next: isLast ? area * domainSize : number + 1 };
  });
}

/** The sources of a project with so many resources, by path. */
export function listResourceFiles(count: number): Readonly<Record<string, string>> {
  const places = listPlaces(count);
  const areas = [...new Set(places.map(({ area }) => area))];
  return Object.fromEntries([
    ...places.map((place) => [findResourcePath(place.number), renderResource(place)] as const),
    ...areas.map((area) => [
      `src/area${area}/area${area}.ts`,
      renderDomain(
        area,
        places.filter((place) => place.area === area),
      ),
    ]),
  ]);
}

/** Where the source of a resource is. */
export function findResourcePath(number: number): string {
  return `src/area${Math.floor(number / domainSize)}/item${number}.ts`;
}

/** The source of a resource with one attribute more. */
export function renderChangedResource(text: string): string {
  return text.replace("title: string()", "subtitle: string(),\n    title: string()");
}

function renderDomain(area: number, places: readonly Place[]): string {
  const imports = places
    .map(({ number }) => `import { Item${number} } from "./item${number}.js";\n`)
    .join("");
  const names = places.map(({ number }) => `Item${number}`).join(", ");
  return `import { domain } from "ashlar";\n${imports}\nexport const Area${area} = domain("Area${area}", { resources: [${names}] });\n`;
}

function renderResource({ number, next }: Place): string {
  const other = next === number ? "" : `import { Item${next} } from "./item${next}.js";\n`;
  return `import {
  belongsTo, decimal, enumeration, integer, resource, string, text, timestamps, uuid, uuidPrimaryKey,
} from "ashlar";
${other}
export class Item${number} extends resource({
  table: "item${number}s",
  attributes: {
    id: uuidPrimaryKey(),
    title: string().required(),
    body: text(),
    state: enumeration("draft", "live", "gone").required().default("draft"),
    price: decimal(10, 2),
    quantity: integer().required().default(0).index(),
    nextId: uuid(),
    ...timestamps(),
  },
  identities: { uniqueTitle: ["title", "nextId"] },
  actions: { defaults: ["create", "read", "update", "destroy"] },
}) {
  static readonly relationships = { next: belongsTo(() => Item${next}, { onDelete: "cascade" }) };
}
`;
}

/** The same tables as drizzle has them declared, in one file. */
export function renderDrizzleSchema(count: number): string {
  const builders =
    "decimal, foreignKey, index, integer, pgTable, text, timestamp, uniqueIndex, uuid, varchar, check";
  return [
    `import { ${builders} } from "drizzle-orm/pg-core";`,
    'import { sql } from "drizzle-orm";',
    ...listPlaces(count).map(renderDrizzleTable),
  ].join("\n");
}

function renderDrizzleTable({ number, next }: Place): string {
  const table = `item${number}s`;
  return `
export const ${table} = pgTable("${table}", {
  id: uuid("id").primaryKey().defaultRandom(),
  title: varchar("title", { length: 255 }).notNull(),
  body: text("body"),
  state: text("state").notNull().default("draft"),
  price: decimal("price", { precision: 10, scale: 2 }),
  quantity: integer("quantity").notNull().default(0),
  nextId: uuid("next_id"),
  insertedAt: timestamp("inserted_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
}, (table) => [
  index("${table}_quantity_index").on(table.quantity),
  index("${table}_next_id_index").on(table.nextId),
  uniqueIndex("${table}_unique_title_index").on(table.title, table.nextId),
  check("${table}_state_check", sql\`state in ('draft', 'live', 'gone')\`),
  foreignKey({ columns: [table.nextId], foreignColumns: [item${next}s.id] }).onDelete("cascade"),
]);`;
}
