import { hasSameContent } from "./canonical-json.js";
import { enumOf, findEnumUses, findEnums, findLostValues, isOnlyExtended } from "./enum-types.js";
import type { EnumSnapshot, Operation } from "./operation.js";
import { quoteText } from "./render/sql/names.js";
import type { ColumnDefault, ColumnSnapshot, Snapshot, TableSnapshot } from "./snapshot.js";

/** What becomes of the enum types that columns use. */
export interface EnumDiff {
  readonly operations: readonly Operation[];
  /** The types that are replaced, as they will be, by their names. */
  readonly replaced: ReadonlyMap<string, EnumSnapshot>;
}

/** The `uses` of a replaced type are those of before, until the order is known (see `settleOperations`). */
export function diffEnums(before: Snapshot, after: Snapshot): EnumDiff {
  const [old, wanted] = [findEnums(before), findEnums(after)];
  const created = [...wanted.values()].filter(({ name }) => !old.has(name));
  const dropped = [...old.values()].filter(({ name }) => !wanted.has(name));
  const changed = [...wanted.values()].flatMap((type): readonly EnumChange[] => {
    const known = old.get(type.name);
    return known && !hasSameContent(known, type) ? [{ before: known, after: type }] : [];
  });
  const replaced = changed.filter((change) => isReplaced(change, after));
  return {
    operations: [
      ...created.map((type): Operation => ({ kind: "createEnum", type })),
      ...changed.map((change): Operation =>
        replaced.includes(change)
          ? { kind: "replaceEnum", ...change, uses: findEnumUses(before, change.after.name) }
          : { kind: "addEnumValues", ...change },
      ),
      ...dropped.map((type): Operation => ({ kind: "dropEnum", type })),
    ],
    replaced: new Map(replaced.map((change) => [change.after.name, change.after])),
  };
}

interface EnumChange {
  readonly before: EnumSnapshot;
  readonly after: EnumSnapshot;
}

/** PostgreSQL lets nobody use a word in the transaction that adds it to a type; a new type it does. */
function isReplaced({ before, after }: EnumChange, schema: Snapshot): boolean {
  if (!isOnlyExtended(before, after)) return true;
  const added = findLostValues(after, before);
  return findEnumUses(schema, after.name).some(({ table, column }) => {
    const owner = schema.get(table);
    return added.some((word) => isDefault(column, word) || (owner && isInSql(owner, word)));
  });
}

/** Does the column's default need one of the words? */
export function isDefaultOneOf({ default: given, type }: ColumnSnapshot, words: readonly string[]): boolean {
  return words.some((word) => isInDefault(given, word)) && enumOf(type) !== undefined;
}

function isDefault(column: ColumnSnapshot, word: string): boolean {
  return isDefaultOneOf(column, [word]);
}

function isInDefault(given: ColumnDefault | undefined, word: string): boolean {
  if (given?.kind === "sql") return given.sql.includes(quoteText(word));
  return given?.kind === "value" && holds(given.value, word);
}

function holds(value: unknown, word: string): boolean {
  return Array.isArray(value) ? value.some((item) => holds(item, word)) : value === word;
}

function isInSql({ checks = [], indexes, columns }: TableSnapshot, word: string): boolean {
  const pieces = [
    ...checks.map(({ sql }) => sql),
    ...columns.map(({ generatedAs = "" }) => generatedAs),
    ...indexes.flatMap(({ where = "", columns: keys }) => [
      where,
      ...keys.map((key) => (typeof key === "string" ? "" : key.sql)),
    ]),
  ];
  return pieces.some((sql) => sql.includes(quoteText(word)));
}
