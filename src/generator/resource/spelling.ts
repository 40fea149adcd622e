import { toCamelCase, toSnakeCase } from "../../support/casing.js";
import type { AttributeCase } from "../settings.js";

/** An attribute's name as the project spells attributes. */
export function spellAttribute(name: string, attributeCase: AttributeCase): string {
  return attributeCase === "camelCase" ? toCamelCase(name) : toSnakeCase(name);
}

/** The column of an attribute: snake_case as typed, so that `line_2` stays `line_2`. */
export function spellColumn(name: string): string {
  return /^[a-z0-9_]+$/.test(name) ? name : toSnakeCase(name);
}

/** The name of the relationship that an attribute such as `userId` or `user_id` carries; undefined for any other. */
export function findReferenceName(attribute: string): string | undefined {
  const snake = toSnakeCase(attribute);
  return snake.endsWith("_id") && snake.length > 3 ? snake.slice(0, -3) : undefined;
}

/** The attributes that `...timestamps()` stands for. */
export function timestampNames(attributeCase: AttributeCase): readonly string[] {
  return ["inserted_at", "updated_at"].map((name) => spellAttribute(name, attributeCase));
}
