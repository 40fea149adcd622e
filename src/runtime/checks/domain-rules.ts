import { isDeepStrictEqual } from "node:util";
import { groupBy } from "../../support/group-by.js";
import type { Problem } from "../../support/problem.js";
import { columnNameOf } from "../constraints.js";
import { joinWords } from "../errors/record-words.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { findRepeated, type ProjectRule } from "./definition-rule.js";

const refuseSharedDomainNames: ProjectRule = ({ domains }) =>
  findRepeated(domains.map(({ name }) => name)).map((name) => ({
    code: "domain.name.duplicate",
    message: `Two domains are named "${name}".`,
    hint: "Rename one, or list it once in domains.",
  }));

const refuseSharedResources: ProjectRule = ({ domains }) =>
  findRepeated(domains.flatMap(({ resources }) => resources)).map((resource) => {
    const { name } = resource.definition;
    const homes = domains.filter(({ resources }) => resources.includes(resource)).map((home) => home.name);
    return {
      code: "domain.resource.duplicate",
      message: `"${name}" is listed more than once: in ${homes.join(", ")}.`,
      hint: `Keep ${name} in one domain, once.`,
    };
  });

/** Resources may share a table where they say the same of what both of them name. */
const refuseDisagreement: ProjectRule = ({ resources }) => {
  const managed = resources.map(({ definition }) => definition).filter((each) => each.managed !== false);
  const tables = groupBy(managed, ({ schema, table }) => JSON.stringify([schema, table]));
  return [...tables.values()].flatMap((owners) => {
    const [first, ...others] = owners;
    return first === undefined ? [] : others.flatMap((other) => describeDisagreement(first, other));
  });
};

function describeDisagreement(first: ResourceDefinition, other: ResourceDefinition): Problem[] {
  const points = listDisagreements(first, other);
  if (points.length === 0) return [];
  return [
    {
      code: "resource.table.duplicate",
      message: `The table "${first.table}" belongs to ${first.name} and ${other.name}, which disagree on ${joinWords(points)}.`,
      hint: "Say the same in both, or give each resource its own table.",
    },
  ];
}

function listDisagreements(first: ResourceDefinition, other: ResourceDefinition): readonly string[] {
  const differing = first.attributes.filter(({ column, type, generatedAs, virtual }) =>
    other.attributes.some(
      (there) =>
        there.column === column &&
        !isDeepStrictEqual([there.type, there.generatedAs, there.virtual], [type, generatedAs, virtual]),
    ),
  );
  const isSameKey = isDeepStrictEqual(listKeyColumns(first), listKeyColumns(other));
  return [
    ...(isSameKey ? [] : ["the primary key"]),
    ...differing.map(({ column }) => `the column "${column}"`),
  ];
}

function listKeyColumns(definition: ResourceDefinition): readonly string[] {
  return definition.primaryKey.map((name) => columnNameOf(definition, name));
}

const refuseSharedNames: ProjectRule = ({ resources }) =>
  findRepeated(resources.map(({ definition }) => definition.name).filter((name) => name !== "")).map(
    (name) => ({
      code: "resource.name.duplicate",
      message: `More than one resource is named "${name}".`,
      hint: "Rename the class of all but one; a bundler that shortens names has to keep those of classes.",
    }),
  );

export const DOMAIN_RULES: readonly ProjectRule[] = [
  refuseSharedDomainNames,
  refuseSharedResources,
  refuseDisagreement,
  refuseSharedNames,
];
