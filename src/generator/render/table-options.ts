import type { LiteralValue, ResourceSpec } from "../spec.js";
import { renderKey, renderLiteral, renderObject } from "./literal.js";

/** The properties that say where a table is and who migrates it. */
export function renderPlacement({
  schema,
  managed,
  primaryKeyName,
  primaryKeyConstraint,
}: Pick<ResourceSpec, "schema" | "managed" | "primaryKeyName" | "primaryKeyConstraint">): readonly string[] {
  return renderProperties({ schema, managed, primaryKeyName, primaryKeyConstraint });
}

/** The properties for what a table has besides columns and identities. */
export function renderExtras(
  spec: Pick<ResourceSpec, "indexes" | "checks" | "foreignKeys" | "statements">,
): readonly string[] {
  return [
    ...renderSection("indexes", spec.indexes, renderGiven),
    ...renderSection("checks", spec.checks, ({ sql, constraintName }) =>
      constraintName === undefined ? renderLiteral(sql) : renderGiven({ sql, constraintName }),
    ),
    ...renderSection("foreignKeys", spec.foreignKeys, renderForeignKey),
    ...renderSection("statements", spec.statements, renderGiven),
  ];
}

type ForeignKey = NonNullable<ResourceSpec["foreignKeys"]>[number];

function renderForeignKey(foreignKey: Omit<ForeignKey, "name">): string {
  const { attributes, references, onDelete, nilified, onUpdate, ...rest } = foreignKey;
  const part = nilified && { nilify: nilified };
  return renderGiven({
    attributes,
    references,
    onDelete: part ?? (onDelete === "noAction" ? undefined : onDelete),
    onUpdate: onUpdate === "noAction" ? undefined : onUpdate,
    ...rest,
  });
}

function renderSection<Item extends { readonly name: string }>(
  section: string,
  items: readonly Item[] | undefined,
  renderItem: (item: Omit<Item, "name">) => string,
): readonly string[] {
  if (items === undefined || items.length === 0) return [];
  const entries = items.map(({ name, ...rest }) => `${renderKey(name)}: ${renderItem(rest)}`);
  return [`${section}: ${renderObject(entries)}`];
}

/** An object on one line, without what is undefined. */
function renderGiven(options: object): string {
  return renderObject(renderProperties(options));
}

function renderProperties(options: object): readonly string[] {
  return Object.entries(options).flatMap(([key, value]: [string, LiteralValue | undefined]) =>
    value === undefined ? [] : [`${renderKey(key)}: ${renderLiteral(value)}`],
  );
}
