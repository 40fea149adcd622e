import { ACTION_KINDS, type ActionDefinition } from "../actions/action-definition.js";
import { joinWords } from "../errors/record-words.js";
import type { Problem } from "../../support/problem.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { isMadeByDatabase } from "../values/generate-value.js";
import { findNearestWord } from "../values/nearest-word.js";
import { findReservation } from "./attribute-rules.js";
import { findAttribute, listAttributes, type CheckedResource, type ResourceRule } from "./definition-rule.js";

/** A rule of one action. */
type ActionRule = (action: ActionDefinition, resource: CheckedResource) => Problem[];

/** The rule for every action of a resource. */
function forEachAction(rule: ActionRule): ResourceRule {
  return (resource) => resource.definition.actions.flatMap((action) => rule(action, resource));
}

function nameAction({ name }: ResourceDefinition, action: ActionDefinition): string {
  return `The action "${action.name}" of "${name}"`;
}

function suggest(name: string, known: readonly string[]): string {
  const similar = findNearestWord(name, known);
  return similar === undefined ? `There are ${known.join(", ") || "none"}.` : `Did you mean ${similar}?`;
}

const refuseReservedActions: ResourceRule = ({ definition }) =>
  definition.actions
    .filter(({ name }) => name === "defaults" || findReservation(name) !== undefined)
    .map(({ name }) => ({
      code: "action.name.reserved",
      message: `"${definition.name}" cannot have an action "${name}"${name === "defaults" ? ": it is the list of the default actions" : ""}.`,
      hint: `Rename the action${name === "defaults" ? ', or write defaults: ["create", "read", "update", "destroy"]' : ""}.`,
    }));

const requireKnownAccept: ResourceRule = forEachAction((action, { definition }) =>
  action.accept
    .filter((name) => findAttribute(definition, name) === undefined)
    .map((name) => ({
      code: "action.accept.unknown",
      message: `${nameAction(definition, action)} accepts "${name}", which is none of its attributes.`,
      hint: suggest(
        name,
        definition.attributes.map((attribute) => attribute.name),
      ),
    })),
);

const refuseGeneratedAccept: ResourceRule = forEachAction((action, { definition }) =>
  action.accept
    .filter((name) => isMadeByDatabase(findAttribute(definition, name)))
    .map((name) => ({
      code: "action.accept.generated",
      message: `${nameAction(definition, action)} accepts "${name}", which the database alone makes.`,
      hint: `Leave ${name} out of accept.`,
    })),
);

const refuseSecondPrimary: ResourceRule = ({ definition }) =>
  ACTION_KINDS.flatMap((kind) => {
    const rivals = definition.actions.filter((action) => action.kind === kind && action.options.primary);
    if (rivals.length < 2) return [];
    const names = joinWords(rivals.map(({ name }) => `"${name}"`));
    return [
      {
        code: "action.primary.duplicate",
        message: `The ${kind} actions ${names} of "${definition.name}" are all primary.`,
        hint: "Take primary: true from all but one.",
      },
    ];
  });

const refuseTakenArguments: ResourceRule = forEachAction((action, { definition }) =>
  action.arguments
    .filter(({ name }) => action.accept.includes(name))
    .map(({ name }) => ({
      code: "action.argument.taken",
      message: `${nameAction(definition, action)} has an argument "${name}" and accepts the attribute "${name}" too.`,
      hint: `Rename the argument, or leave ${name} out of accept.`,
    })),
);

const refuseReservedArguments: ResourceRule = forEachAction((action, { definition }) =>
  action.arguments
    .filter(({ name }) => findReservation(name) !== undefined)
    .map(({ name }) => ({
      code: "action.argument.reserved",
      message: `${nameAction(definition, action)} cannot have an argument "${name}".`,
      hint: "Rename the argument.",
    })),
);

const requireKnownUpsert: ResourceRule = forEachAction((action, { definition }) => {
  const { upsert } = action.options;
  if (upsert === undefined) return [];
  const known = ["primaryKey", ...definition.identities.map(({ name }) => name)];
  const identity = known.includes(upsert.identity)
    ? []
    : [
        {
          code: "action.upsert.identity_unknown",
          message: `${nameAction(definition, action)} upserts by "${upsert.identity}", which is no identity.`,
          hint: suggest(upsert.identity, known),
        },
      ];
  const fields = (upsert.fields ?? []).filter((name) => findAttribute(definition, name) === undefined);
  return [...identity, ...fields.map((name) => describeField(definition, action, name))];
});

function describeField(definition: ResourceDefinition, action: ActionDefinition, name: string): Problem {
  return {
    code: "action.upsert.field_unknown",
    message: `${nameAction(definition, action)} upserts "${name}", which is none of its attributes.`,
    hint: `There are ${listAttributes(definition)}.`,
  };
}

/** Nothing is given where no action is named. */
const refuseRequiredPrimaryArguments: ResourceRule = forEachAction((action, { definition }) => {
  if (action.kind !== "read" || !action.primary) return [];
  const required = action.arguments.filter((argument) => argument.required && argument.default === undefined);
  if (required.length === 0) return [];
  const names = joinWords(required.map(({ name }) => `"${name}"`));
  return [
    {
      code: "action.primary.arguments",
      message: `${nameAction(definition, action)} begins every query, but wants the argument ${names}.`,
      hint: `Add "read" to the defaults, or give ${names} a default.`,
    },
  ];
});

/** What built-in changes and validations name. */
const requireKnownMentions: ResourceRule = forEachAction((action, resource) => {
  const { changes = [], validations = [] } = action.options;
  const attributes = resource.definition.attributes.map(({ name }) => name);
  const given = action.arguments.map(({ name }) => name);
  const known = {
    attributes,
    arguments: given,
    fields: [...given, ...attributes],
    relationships: resource.relationships.map(({ name }) => name),
  };
  const isResolved = resource.unresolved.length === 0;
  return [...changes, ...validations].flatMap(({ mentions = {} }) => [
    ...describeStrangers(action, resource, {
      kind: "attribute",
      names: mentions.attributes,
      known: known.attributes,
    }),
    ...describeStrangers(action, resource, {
      kind: "argument",
      names: mentions.arguments,
      known: known.arguments,
    }),
    ...describeStrangers(action, resource, {
      kind: "attribute",
      names: mentions.fields,
      known: known.fields,
    }),
    ...(isResolved
      ? describeStrangers(action, resource, {
          kind: "relationship",
          names: mentions.relationships,
          known: known.relationships,
        })
      : []),
  ]);
});

function describeStrangers(
  action: ActionDefinition,
  { definition }: CheckedResource,
  {
    kind,
    names = [],
    known,
  }: {
    readonly kind: string;
    readonly names: readonly string[] | undefined;
    readonly known: readonly string[];
  },
): Problem[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      code: `action.${kind}.unknown`,
      message: `${nameAction(definition, action)} uses the ${kind} "${name}", which does not exist.`,
      hint: suggest(name, known),
    }));
}

export const ACTION_RULES: readonly ResourceRule[] = [
  refuseReservedActions,
  requireKnownAccept,
  refuseGeneratedAccept,
  refuseSecondPrimary,
  refuseTakenArguments,
  refuseReservedArguments,
  requireKnownUpsert,
  refuseRequiredPrimaryArguments,
  requireKnownMentions,
];
