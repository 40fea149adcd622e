import type { ActionDefinition } from "../actions/action-definition.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import { isPlainObject } from "../query/parse-attribute-filter.js";
import { isFilledByDatabase } from "../values/generate-value.js";
import { describeMissing } from "./draft.js";
import { makeDefault } from "./make-default.js";
import { castValue, describeNoObject, describeRefused } from "./read-input.js";

export interface RowReading {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  readonly now: Date;
}

/** The values of a new row in the order of the columns, and all that is wrong with them. */
export interface ReadRow {
  readonly row: readonly unknown[];
  readonly issues: readonly Issue[];
}

/** The place of each accepted attribute among the columns. */
const placesByAction = new WeakMap<ActionDefinition, ReadonlyMap<string, number>>();

const NOTHING_WRONG: readonly Issue[] = Object.freeze([]);

/**
 * Reads an input of a plain action as a changeset would: own keys alone, each known to the action, each value cast by its
 * type, defaults filled in, what is missing told.
 */
export function readRow(reading: RowReading, input: unknown): ReadRow {
  const { table } = reading;
  const row: unknown[] = table.columns.map(() => undefined);
  const issues: Issue[] = [];
  readValues(reading, input, { row, issues });
  fillRow(reading, { row, issues });
  return { row, issues: issues.length === 0 ? NOTHING_WRONG : issues };
}

interface OpenRow {
  readonly row: unknown[];
  readonly issues: Issue[];
}

function readValues({ table, action }: RowReading, input: unknown, { row, issues }: OpenRow): void {
  if (input === undefined) return;
  if (!isPlainObject(input)) {
    issues.push(describeNoObject(action));
    return;
  }
  const places = findPlaces(table, action);
  for (const name of Object.keys(input)) {
    const value = input[name];
    if (value === undefined) continue;
    const place = places.get(name);
    const column = place === undefined ? undefined : table.columns[place];
    if (place === undefined || column === undefined) issues.push(describeRefused(table, action, name));
    else row[place] = castValue(column.attribute, value, table, issues);
  }
}

/** What has an issue is not missing as well. */
function fillRow({ table, now }: RowReading, { row, issues }: OpenRow): void {
  for (const [place, { name, attribute }] of table.columns.entries()) {
    if (row[place] === undefined && attribute.default !== undefined)
      row[place] = makeDefault(table, attribute, { now, issues });
    if (!attribute.required || (row[place] ?? null) !== null) continue;
    const isFilled = row[place] === undefined && isFilledByDatabase(attribute);
    const isTold = issues.some(({ path }) => path[0] === name);
    if (!isFilled && !isTold) issues.push(describeMissing(table, name));
  }
}

function findPlaces(table: TableMap, action: ActionDefinition): ReadonlyMap<string, number> {
  const known = placesByAction.get(action);
  if (known !== undefined) return known;
  const accepted = new Set(action.accept);
  const places = new Map(
    [...table.columns.entries()].flatMap(([place, { name }]) =>
      accepted.has(name) ? [[name, place] as const] : [],
    ),
  );
  placesByAction.set(action, places);
  return places;
}
