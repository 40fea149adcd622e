import type { Issue } from "../errors/issue.js";
import { checkRules } from "./check-rules.js";
import { describeMismatch, describeUnknownName } from "./item-issues.js";
import { mapTable, type TableMap } from "../mapping/table-map.js";
import { isPlainObject } from "../query/parse-attribute-filter.js";
import type { RelationshipDefinition } from "../resource-definition.js";
import { castValue } from "../changeset/read-input.js";
import type { ManageRules } from "./manage-rules.js";

type AnyRecord = Readonly<Record<string, unknown>>;

/** One input of a managed relationship. */
export interface ManageItem {
  /** The relationship, and the place in the list where it is one. */
  readonly path: Issue["path"];
  /** A record of the destination, where the input is one. */
  readonly record?: AnyRecord;
  /** Attributes of the destination that the input gives, canonical: what it is recognised by. */
  readonly values: ReadonlyMap<string, unknown>;
  /** What goes to the destination's action, as it was given. */
  readonly input: AnyRecord;
  /** What goes to the join resource's action, as it was given. */
  readonly joinInput: AnyRecord;
}

/** What inputs are read with. */
export interface ManageReading {
  readonly relationship: RelationshipDefinition;
  readonly destination: TableMap;
  readonly join: TableMap | undefined;
  readonly rules: ManageRules;
  readonly issues: Issue[];
}

/** Reads the inputs of a managed relationship; what is wrong goes to the issues, all of it. */
export function parseManageInput(
  source: TableMap,
  relationship: RelationshipDefinition,
  { input, rules, issues }: { readonly input: unknown } & Pick<ManageReading, "rules" | "issues">,
): { readonly items: readonly ManageItem[]; readonly isList: boolean } {
  const destination = mapTable(relationship.destination, source.database);
  const join =
    relationship.kind === "manyToMany" ? mapTable(relationship.through, source.database) : undefined;
  const reading = { relationship, destination, join, rules, issues };
  checkRules(reading);
  const { list, isList } = listInputs(input);
  const isToOne = relationship.kind === "belongsTo" || relationship.kind === "hasOne";
  if (isToOne && list.length > 1) {
    issues.push({
      code: "relationship.too_many",
      message: `"${relationship.name}" is one ${relationship.destination.name}, and ${String(list.length)} were given.`,
      hint: "Give one, or null for none.",
      path: [relationship.name],
    });
    return { items: [], isList };
  }
  const items = list.flatMap((each, index) =>
    each === ""
      ? []
      : parseItem(reading, each, isList ? [relationship.name, index] : [relationship.name], index),
  );
  return { items, isList };
}

/** A list, one, or none; forms send lists as objects whose keys count, and nothing as an empty text, in a list too. */
function listInputs(input: unknown): { readonly list: readonly unknown[]; readonly isList: boolean } {
  if (input === null || input === undefined || input === "") return { list: [], isList: false };
  if (Array.isArray(input)) return { list: Array.from(input), isList: true };
  if (isPlainObject(input)) {
    const keys = Object.keys(input);
    if (keys.length > 0 && keys.every((key) => /^\d{1,9}$/.test(key))) {
      const ordered = keys.toSorted((left, right) => Number(left) - Number(right));
      return { list: ordered.map((key) => input[key]), isList: true };
    }
  }
  return { list: [input], isList: false };
}

function parseItem(reading: ManageReading, input: unknown, path: Issue["path"], index: number): ManageItem[] {
  if (input instanceof reading.destination.recordClass) {
    // An instance of the destination's class, whose attributes are read by name.
    return [addOrder(reading, buildRecordItem(reading, input as unknown as AnyRecord, path), index)];
  }
  const given = isPlainObject(input) ? input : wrapScalar(reading, input);
  if (given === undefined) {
    reading.issues.push(describeMismatch(reading, input, path));
    return [];
  }
  const item = buildItem(reading, given, path);
  return item === undefined ? [] : [addOrder(reading, item, index)];
}

/** What a record says of itself; of its join row only what `joinKeys` names. */
function buildRecordItem(
  { destination, rules }: ManageReading,
  record: AnyRecord,
  path: Issue["path"],
): ManageItem {
  const names = destination.columns.map(({ name }) => name).filter((name) => Object.hasOwn(record, name));
  // Whoever loaded the record through a join resource put the join's row there.
  const joinRow = Object.hasOwn(record, "$join") ? (record["$join"] as AnyRecord) : {};
  const joined = (rules.joinKeys ?? []).filter((name) => Object.hasOwn(joinRow, name));
  return {
    path,
    record,
    values: new Map(names.map((name) => [name, record[name]])),
    input: {},
    joinInput: pick(joinRow, joined),
  };
}

/** A value alone is the one of `valueIsKey`, else of a primary key of one attribute. */
function wrapScalar({ destination, rules }: ManageReading, input: unknown): AnyRecord | undefined {
  const isScalar = ["string", "number", "bigint"].includes(typeof input);
  const [single, ...more] = destination.primaryKey;
  const name = rules.valueIsKey ?? (more.length === 0 ? single?.name : undefined);
  return isScalar && name !== undefined ? { [name]: input } : undefined;
}

function buildItem(reading: ManageReading, given: AnyRecord, path: Issue["path"]): ManageItem | undefined {
  const { destination, join, rules, issues } = reading;
  const joinKeys = new Set<string>(rules.joinKeys ?? listJoinKeys(reading));
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  const joinNames = names.filter((name) => join?.byName.has(name) === true && joinKeys.has(name));
  const ownNames = names.filter((name) => !joinNames.includes(name));
  const found = refuseUnknown(reading, ownNames);
  const values = new Map<string, unknown>();
  for (const name of ownNames) {
    const column = destination.byName.get(name);
    if (column === undefined) continue;
    const value = castValue(column.attribute, given[name], destination, found);
    if (value !== undefined) values.set(name, value);
  }
  issues.push(...found.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
  if (found.length > 0) return undefined;
  return { path, values, input: pick(given, ownNames), joinInput: pick(given, joinNames) };
}

/** What neither end of the relationship knows would be lost in silence where nothing is made or changed of it. */
function refuseUnknown(reading: ManageReading, names: readonly string[]): Issue[] {
  const unknown = names.filter((name) => !reading.destination.byName.has(name));
  if (unknown.length === 0) return [];
  const { destination, rules } = reading;
  const actions = destination.definition.actions.filter(({ primary }) => primary);
  const given = actions.flatMap((action) => action.arguments.map(({ name }) => name));
  const known = [...destination.byName.keys(), ...(rules.joinKeys ?? listJoinKeys(reading)), ...given];
  return unknown
    .filter((name) => !given.includes(name))
    .map((name) => describeUnknownName(destination.definition, name, known));
}

/** Where nothing is said, what only the join resource has. */
function listJoinKeys({ join, destination }: ManageReading): readonly string[] {
  return (join?.columns ?? []).map(({ name }) => name).filter((name) => !destination.byName.has(name));
}

/** The place of an input in the list, in the attribute that keeps it. */
function addOrder({ rules, join }: ManageReading, item: ManageItem, index: number): ManageItem {
  const name = rules.orderIsKey;
  if (name === undefined) return item;
  if (join?.byName.has(name) === true) return { ...item, joinInput: { ...item.joinInput, [name]: index } };
  return { ...item, input: { ...item.input, [name]: index } };
}

/** `Object.fromEntries` defines keys, so that `__proto__` is one like any other. */
function pick(given: AnyRecord, names: readonly string[]): AnyRecord {
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}
