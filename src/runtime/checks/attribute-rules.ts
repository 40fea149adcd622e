import type {
  AttributeDefault,
  AttributeDefinition,
  AttributeTypeKind,
  ValueGenerator,
} from "../attribute-type.js";
import type { Problem } from "../../support/problem.js";
import { findRepeated, type ResourceRule } from "./definition-rule.js";

const RESERVED = new Map([
  ["constructor", "would hide the record's class"],
  ["__proto__", "would change what the record inherits"],
  ["prototype", "would hide the class's own"],
  ["then", "makes await take the record for a promise"],
  ["$join", "holds the join row of what a manyToMany loads"],
  ["and", "combines conditions in a filter"],
  ["or", "combines conditions in a filter"],
  ["not", "turns a condition round in a filter"],
]);

const FITTING: Record<ValueGenerator, readonly AttributeTypeKind[]> = {
  uuidV4: ["uuid", "string", "text"],
  uuidV7: ["uuid", "string", "text"],
  increment: ["integer", "bigint"],
  identity: ["integer", "bigint"],
  alwaysIdentity: ["integer", "bigint"],
  now: ["datetime", "date", "time"],
};

/** Why a name cannot be that of an attribute or a relationship, if it cannot. */
export function findReservation(name: string): string | undefined {
  return RESERVED.get(name);
}

const requireClassName: ResourceRule = ({ definition }) => {
  if (definition.name !== "") return [];
  return [
    {
      code: "resource.name.missing",
      message: `The resource of the table "${definition.table}" has no name.`,
      hint: "Extend it with a class that has one: class User extends resource({…}) {}.",
    },
  ];
};

const requirePrimaryKey: ResourceRule = ({ definition }) => {
  if (definition.primaryKey.length > 0) return [];
  return [
    {
      code: "resource.primary_key.missing",
      message: `"${definition.name}" has no primary key.`,
      hint: `Add id: uuidPrimaryKey() to its attributes, or .primaryKey() to one that is there.`,
    },
  ];
};

const refuseReservedNames: ResourceRule = ({ definition }) =>
  definition.attributes.flatMap(({ name }): Problem[] => {
    const reason = findReservation(name);
    if (reason === undefined) return [];
    return [
      {
        code: "attribute.name.reserved",
        message: `"${definition.name}" cannot have an attribute "${name}": the name ${reason}.`,
        hint: `Rename the attribute; .column("${name}") keeps the column.`,
      },
    ];
  });

const refuseStrangeNames: ResourceRule = ({ definition }) =>
  definition.attributes
    .filter(({ name }) => findReservation(name) === undefined && !/^_*[A-Za-z][A-Za-z0-9_]*$/.test(name))
    .map(({ name }) => ({
      code: "attribute.name.invalid",
      message: `"${definition.name}" cannot have an attribute "${name}": a name is letters, digits and underscores.`,
      hint: "Rename the attribute; .column(…) gives the column another name.",
    }));

const refuseSharedColumns: ResourceRule = ({ definition }) => {
  const { name: resource, attributes } = definition;
  return findRepeated(attributes.map(({ column }) => column)).map((column) => {
    const names = attributes.filter((attribute) => attribute.column === column).map(({ name }) => name);
    return {
      code: "attribute.column.duplicate",
      message: `The attributes ${names.join(", ")} of "${resource}" are all kept in the column "${column}".`,
      hint: `Remove all but one, or give each its own column with .column("…").`,
    };
  });
};

const requireFittingGenerators: ResourceRule = ({ definition }) =>
  definition.attributes.flatMap((attribute) => {
    const given = attribute.default;
    if (given?.kind !== "generated" || FITTING[given.by].includes(attribute.type.kind)) return [];
    return [describeUnfit(definition.name, attribute, given.by)];
  });

function describeUnfit(resource: string, { name, type }: AttributeDefinition, by: ValueGenerator): Problem {
  return {
    code: "attribute.default.mismatch",
    message: `"${resource}.${name}" holds ${type.kind}, but "${by}" makes something else.`,
    hint: `Use .generated("${by}") on ${FITTING[by].join(", ")} only.`,
  };
}

const requireRenewableValues: ResourceRule = ({ definition }) =>
  definition.attributes
    .filter(({ updatedAutomatically, default: given }) => updatedAutomatically && !isRenewable(given?.kind))
    .map(({ name }) => ({
      code: "attribute.update.impossible",
      message: `"${definition.name}.${name}" is to be made anew at every update, but nothing makes its value.`,
      hint: `Add .generated("now"), or .default(() => …).`,
    }));

function isRenewable(kind: AttributeDefault["kind"] | undefined): boolean {
  return kind === "function" || kind === "generated";
}

export const ATTRIBUTE_RULES: readonly ResourceRule[] = [
  requireClassName,
  requirePrimaryKey,
  refuseReservedNames,
  refuseStrangeNames,
  refuseSharedColumns,
  requireFittingGenerators,
  requireRenewableValues,
];
