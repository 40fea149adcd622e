import type { Problems } from "../request/problems.js";
import type { ResourceSpec } from "../spec.js";
import type { InverseSpec } from "./build-inverses.js";
import type { SpecContext } from "./resource-draft.js";
import { timestampNames } from "./spelling.js";

interface NamedThings extends Pick<SpecContext, "target" | "attributeCase"> {
  readonly spec: ResourceSpec;
  readonly inverses: readonly InverseSpec[];
}

/** Attributes and relationships are members of one record: each needs a name of its own, here and at the other ends. */
export function checkMemberNames(things: NamedThings, problems: Problems): void {
  checkAttributes(things, problems);
  checkOwn(things, problems);
  const inverses = things.inverses.filter(({ isThere }) => !isThere);
  for (const inverse of inverses) checkInverse(inverse, { ...things, inverses }, problems);
}

function checkAttributes({ spec, target, attributeCase }: NamedThings, problems: Problems): void {
  const timestamps = spec.timestamps ? timestampNames(attributeCase) : [];
  for (const { name } of spec.attributes.filter((each) => timestamps.includes(each.name))) {
    problems.add({
      code: "attribute.duplicate",
      message: `"${name}" is an attribute that --timestamps adds to ${target.name} already.`,
      hint: "Leave out one of the two.",
    });
  }
  for (const column of findRepeated(spec.attributes.map((each) => each.column))) {
    const names = spec.attributes.filter((each) => each.column === column).map(({ name }) => name);
    problems.add({
      code: "attribute.column.duplicate",
      message: `${names.join(" and ")} would both be the column "${column}" of "${spec.table}".`,
      hint: "Give one of them a column of its own, with :column(…).",
    });
  }
}

function checkOwn({ spec, target, attributeCase }: NamedThings, problems: Problems): void {
  const { existing, name: resource } = target;
  const timestamps = spec.timestamps ? timestampNames(attributeCase) : [];
  const attributes = [...spec.attributes, ...(existing?.attributes ?? [])].map(({ name }) => name);
  const relationships = spec.relationships.map(({ name }) => name);
  const all = [...relationships, ...(existing?.relationships ?? []).map(({ name }) => name)];
  const taken = new Set([...attributes, ...timestamps].filter((name) => all.includes(name)));
  for (const name of taken) {
    problems.add({
      code: "relationship.name.taken",
      message: `${resource} would have both an attribute and a relationship "${name}".`,
      hint: "Give one of them another name.",
    });
  }
  for (const name of findRepeated(relationships)) {
    problems.add({
      code: "relationship.duplicate",
      message: `${resource} would have two relationships "${name}".`,
      hint: "Give one of them another name, or leave it out.",
    });
  }
}

function checkInverse(inverse: InverseSpec, { spec, inverses }: NamedThings, problems: Problems): void {
  const { resource, reference, relationship } = inverse;
  const { name } = relationship;
  const here = inverses.filter(
    (each) => each.resource.path === resource.path && each.resource.name === resource.name,
  );
  const hint = `Name it otherwise with --inverse ${reference}:<name>, or leave it out with --no-inverse.`;
  if (resource.attributes.some((attribute) => attribute.name === name)) {
    problems.add({
      code: "relationship.name.taken",
      message: `${resource.name} has an attribute "${name}", so its ${relationship.kind} of ${spec.name} cannot have that name.`,
      hint,
    });
  }
  if (here.find((each) => each.relationship.name === name) !== inverse) {
    problems.add({
      code: "relationship.duplicate",
      message: `${resource.name} would have two relationships "${name}".`,
      hint,
    });
  }
}

function findRepeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
}
