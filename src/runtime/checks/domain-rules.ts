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

const refuseSharedTables: ProjectRule = ({ resources }) =>
  findRepeated(resources.map(({ definition }) => definition.table)).map((table) => {
    const owners = resources.filter(({ definition }) => definition.table === table);
    return {
      code: "resource.table.duplicate",
      message: `The table "${table}" belongs to ${owners.map(({ definition }) => definition.name).join(" and ")}.`,
      hint: "Give each resource its own table.",
    };
  });

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
  refuseSharedTables,
  refuseSharedNames,
];
