import type { ActionDefinition } from "../actions/action-definition.js";
import type { AttributeDefinition } from "../attribute-type.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import { isPlainObject } from "../query/parse-attribute-filter.js";
import { castInput } from "../values/cast-input.js";
import { isMadeByDatabase } from "../values/generate-value.js";
import { findNearestWord } from "../values/nearest-word.js";
import { findStorageProblem } from "../values/storage-problem.js";

/** An input once it was read: canonical values by name, and all that is wrong with it. */
export interface ReadInput {
  readonly values: Map<string, unknown>;
  readonly arguments: Record<string, unknown>;
  readonly issues: Issue[];
  /** What the input gave a value, or null. */
  readonly given: Set<string>;
}

/** What an action takes, looked up by name. Worked out once for each action. */
interface ActionFields {
  readonly accepted: ReadonlyMap<string, AttributeDefinition>;
  readonly arguments: ReadonlyMap<string, AttributeDefinition>;
}

const fieldsByAction = new WeakMap<ActionDefinition, ActionFields>();

/** Reads an input, which may come from anywhere: own keys alone, each known to the action, each value cast by its type. */
export function readInput(table: TableMap, action: ActionDefinition, input: unknown): ReadInput {
  const read: ReadInput = { values: new Map(), arguments: {}, issues: [], given: new Set() };
  if (input === undefined) return read;
  if (!isPlainObject(input)) {
    read.issues.push(describeNoObject(action));
    return read;
  }
  const fields = findFields(table, action);
  for (const name of Object.keys(input)) readField(read, { table, action, fields }, name, input[name]);
  return read;
}

interface InputPlace {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  readonly fields: ActionFields;
}

function readField(
  read: ReadInput,
  { table, action, fields }: InputPlace,
  name: string,
  value: unknown,
): void {
  // A key that stands there undefined is as good as none, as in a form that leaves a field out.
  if (value === undefined) return;
  const argument = fields.arguments.get(name);
  const attribute = argument ?? fields.accepted.get(name);
  if (attribute === undefined) {
    read.issues.push(describeRefused(table, action, name));
    return;
  }
  read.given.add(name);
  const cast = castValue(attribute, value, table, read.issues);
  if (cast === undefined) return;
  if (argument === undefined) read.values.set(name, cast);
  else read.arguments[name] = cast;
}

/** The canonical value, null for null, or undefined once the issue is told. */
export function castValue(
  attribute: AttributeDefinition,
  value: unknown,
  { database }: TableMap,
  issues: Issue[],
): unknown {
  if (value === null) return null;
  const cast = castInput(attribute, value);
  const problem = cast.ok ? findStorageProblem(attribute, cast.value, database) : cast.problem;
  if (problem === undefined && cast.ok) return cast.value;
  if (problem !== undefined) issues.push({ ...problem, path: [attribute.name, ...problem.path] });
  return undefined;
}

function findFields(table: TableMap, action: ActionDefinition): ActionFields {
  const known = fieldsByAction.get(action);
  if (known !== undefined) return known;
  const accept = new Set(action.accept);
  const fields: ActionFields = {
    accepted: new Map(
      table.columns.flatMap(({ name, attribute }) => (accept.has(name) ? [[name, attribute] as const] : [])),
    ),
    arguments: new Map(action.arguments.map((argument) => [argument.name, argument])),
  };
  fieldsByAction.set(action, fields);
  return fields;
}

export function describeNoObject({ name }: ActionDefinition): Issue {
  return {
    code: "input.invalid",
    message: `The input of "${name}" is an object with the names of attributes.`,
    path: [],
  };
}

/** Names what is accepted, and says why an attribute that exists is not. */
export function describeRefused(
  { byName, definition }: TableMap,
  action: ActionDefinition,
  name: string,
): Issue {
  const accepted = [...action.accept, ...action.arguments.map((argument) => argument.name)];
  const list = accepted.length === 0 ? "nothing" : accepted.join(", ");
  const column = byName.get(name);
  if (column !== undefined) {
    const isMade = isMadeByDatabase(column.attribute);
    return {
      code: "input.not_accepted",
      message: `${definition.name} has the attribute "${name}", but its action "${action.name}" does not accept it.`,
      hint: isMade
        ? `It accepts ${list}. The database alone makes ${name}.`
        : `It accepts ${list}. Add ${name} to its accept, or set it by change({ ${name}: … }).`,
      path: [name],
    };
  }
  const similar = findNearestWord(name, accepted);
  return {
    code: "input.unknown",
    message: `"${name}" is nothing that the action "${action.name}" of ${definition.name} knows.`,
    hint: `${similar === undefined ? "" : `Did you mean ${similar}? `}It accepts ${list}.`,
    path: [name],
  };
}
