import type { RelationshipSpec } from "../spec.js";
import { renderLiteral, renderObject } from "./literal.js";

/**
 * The declaration of a relationship, on one line; whoever writes it lays it out.
 *
 * @example
 * renderRelationship(spec); // `belongsTo(() => User, { onDelete: "cascade" })`
 */
export function renderRelationship(spec: RelationshipSpec): string {
  const options = renderOptions(spec);
  const destination = `() => ${spec.destination.name}`;
  return `${spec.kind}(${options === "{}" ? destination : `${destination}, ${options}`})`;
}

function renderOptions(spec: RelationshipSpec): string {
  switch (spec.kind) {
    case "belongsTo":
      return renderGiven({
        sourceAttribute: spec.sourceAttribute,
        destinationAttribute: spec.destinationAttribute,
        onDelete: spec.onDelete,
      });
    case "hasOne":
    case "hasMany":
      return renderGiven({ destinationAttribute: spec.destinationAttribute });
    case "manyToMany":
      return renderObject([
        `through: () => ${spec.through.name}`,
        `sourceAttributeOnJoinResource: ${renderLiteral(spec.sourceAttributeOnJoinResource)}`,
        `destinationAttributeOnJoinResource: ${renderLiteral(spec.destinationAttributeOnJoinResource)}`,
      ]);
  }
}

function renderGiven(options: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${renderLiteral(value)}`],
  );
  return renderObject(given);
}
