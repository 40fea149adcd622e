import { usageError } from "../../support/problem.js";
import { InvalidError } from "../errors/errors.js";
import type { TableMap } from "../mapping/table-map.js";
import { columnOf } from "../mapping/table-map.js";
import type { IdentityDefinition } from "../resource-definition.js";
import { findNearestWord } from "../values/nearest-word.js";
import { keyTextOfValues } from "../write/key-text.js";
import type { Draft } from "./draft.js";
import type { OnDuplicate } from "./write-new-rows.js";

export interface Upserts {
  readonly drafts: readonly Draft[];
  /** The name of an identity, or `"primaryKey"`. */
  readonly identity: string;
  /** The attributes that an existing row takes over; those that its input gives where it is not said. */
  readonly fields?: readonly string[] | undefined;
  /** Does anybody ask which were made and which updated? */
  readonly isTold: boolean;
}

/**
 * How rows that are there are updated: by what their drafts give, never by defaults, with what changes at every update made
 * anew. The identity and, unless it is asked for, the primary key stay.
 *
 * @throws InvalidError `input.repeated`; AshlarError `identity.unknown` or `attribute.unknown`
 */
export function buildUpdate(
  table: TableMap,
  { drafts, identity, fields, isTold }: Upserts,
): Extract<OnDuplicate, { readonly kind: "update" }> {
  const { attributes: target, where } = findTarget(table, identity);
  requireFields(table, fields ?? []);
  refuseRepeated(table, target, drafts);
  const touched = table.columns.filter(({ attribute }) => attribute.updatedAutomatically);
  const renewed = touched.map(({ name }) => name);
  const chosen = new Set(
    [...(fields ?? listFields(table)), ...renewed].filter((name) => !target.includes(name)),
  );
  const fieldsOf = (place: number): readonly string[] => {
    const draft = drafts[place];
    return [...chosen].filter(
      (name) =>
        draft?.values.has(name) === true &&
        (fields?.includes(name) === true || draft.given.has(name) || renewed.includes(name)),
    );
  };
  return { kind: "update", target, where, fieldsOf, isTold };
}

function listFields({ columns }: TableMap): string[] {
  return columns.filter(({ attribute }) => !attribute.primaryKey).map(({ name }) => name);
}

function findTarget(
  { definition }: TableMap,
  identity: string,
): Pick<IdentityDefinition, "attributes" | "where"> {
  if (identity === "primaryKey") return { attributes: definition.primaryKey };
  const found = definition.identities.find(({ name }) => name === identity);
  if (found !== undefined) return found;
  const names = ["primaryKey", ...definition.identities.map(({ name }) => name)];
  const similar = findNearestWord(identity, names);
  throw usageError({
    code: "identity.unknown",
    message: `${definition.name} has no identity "${identity}".`,
    hint: similar === undefined ? `There are ${names.join(", ")}.` : `Did you mean ${similar}?`,
  });
}

function requireFields({ byName, definition }: TableMap, fields: readonly string[]): void {
  const unknown = fields.filter((name) => !byName.has(name));
  if (unknown.length === 0) return;
  throw usageError(
    ...unknown.map((name) => ({
      code: "attribute.unknown",
      message: `${definition.name} has no attribute "${name}" to update.`,
      hint: `There are ${[...byName.keys()].join(", ")}.`,
    })),
  );
}

/** A statement can update a row once; a key with a null is like no other. */
function refuseRepeated(table: TableMap, target: readonly string[], drafts: readonly Draft[]): void {
  const columns = target.map((name) => columnOf(table, name));
  const seen = new Set<string>();
  const repeated = drafts.flatMap(({ values }, place) => {
    const key = keyTextOfValues(
      columns,
      target.map((name) => values.get(name)),
    );
    const isRepeated = key !== undefined && seen.has(key);
    if (key !== undefined) seen.add(key);
    return isRepeated ? [place] : [];
  });
  if (repeated.length === 0) return;
  throw new InvalidError(
    repeated.map((place) => ({
      code: "input.repeated",
      message: `An input before this one has the same ${target.join(" and ")}.`,
      hint: "Give each record once: an upsert cannot tell which of them is to stand.",
      path: [place, ...target.slice(0, 1)],
    })),
  );
}
