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
        onUpdate: spec.onUpdate,
        deferrable: spec.deferrable,
        foreignKey: spec.foreignKey,
        index: spec.index,
      });
    case "hasOne":
    case "hasMany":
      return renderGiven({
        destinationAttribute: spec.destinationAttribute,
        sourceAttribute: spec.sourceAttribute,
      });
    case "manyToMany":
      return renderManyToMany(spec);
  }
}

function renderManyToMany(spec: Extract<RelationshipSpec, { kind: "manyToMany" }>): string {
  return renderObject([
    `through: () => ${spec.through.name}`,
    ...listGiven({
      sourceAttributeOnJoinResource: spec.sourceAttributeOnJoinResource,
      destinationAttributeOnJoinResource: spec.destinationAttributeOnJoinResource,
      sourceAttribute: spec.sourceAttribute,
      destinationAttribute: spec.destinationAttribute,
    }),
  ]);
}

type Options = Readonly<Record<string, string | boolean | undefined>>;

function renderGiven(options: Options): string {
  return renderObject(listGiven(options));
}

function listGiven(options: Options): readonly string[] {
  return Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${renderLiteral(value)}`],
  );
}
