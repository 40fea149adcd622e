import type { Problem } from "../../support/problem.js";
import { findNearest } from "../did-you-mean.js";
import { findMemberNameProblem, findSqlNameProblem } from "../names.js";
import type { TypedAttribute } from "../request/attribute-grammar.js";
import type { Problems } from "../request/problems.js";
import type { TypedRelationship } from "../request/relationship-grammar.js";
import type { TypedRequest } from "../request/typed-request.js";
import type { AttributeCase } from "../settings.js";
import type { GeneratedKey } from "../spec.js";
import { spellAttribute, spellColumn } from "./spelling.js";

/** An attribute under way: named, its type and references not yet known. */
export interface DraftAttribute extends TypedAttribute {
  readonly column: string;
  readonly generated?: GeneratedKey;
}

/** The attributes of a request and which of them are the key. */
export interface AttributeDraft {
  readonly attributes: readonly DraftAttribute[];
  /** Attribute names, in the order of the key. */
  readonly primaryKey: readonly string[];
}

/**
 * Names every attribute that the request brings: those typed, those of `--primary-key`, those that a belongs_to
 * implies, and the generated key where there is no other. `hasKey` is true where the resource exists already.
 */
export function draftAttributes(
  request: TypedRequest,
  attributeCase: AttributeCase,
  hasKey: boolean,
  problems: Problems,
): AttributeDraft {
  const drafts = new Map<string, DraftAttribute>();
  for (const typed of request.attributes) addTyped(drafts, draft(typed, attributeCase), problems);
  const declared = [...drafts.keys()];
  const listed = request.primaryKey.map((name) => draft(bareAttribute(name), attributeCase));
  for (const key of listed) addKey(drafts, key, declared, problems);
  const belongsTo = request.relationships.filter(({ kind }) => kind === "belongsTo");
  for (const relationship of belongsTo) addImplied(drafts, relationship, attributeCase, problems);
  addGeneratedKeys(drafts, request, attributeCase, hasKey, problems);
  const primaryKey = orderKey(listed, drafts);
  for (const attribute of drafts.values()) checkNames(attribute, problems);
  return { attributes: orderAttributes(drafts, primaryKey), primaryKey };
}

function draft(typed: TypedAttribute, attributeCase: AttributeCase): DraftAttribute {
  const name = spellAttribute(typed.name, attributeCase);
  return { ...typed, name: name === "" ? typed.name : name, column: typed.column ?? spellColumn(typed.name) };
}

/** The attribute that a belongs_to stands on: one that was typed, or one of its own. */
function addImplied(
  drafts: Map<string, DraftAttribute>,
  { entry, name, required, primaryKey }: TypedRelationship,
  attributeCase: AttributeCase,
  problems: Problems,
): void {
  const nameProblem = findMemberNameProblem("relationship", name);
  if (nameProblem) return void problems.add(nameProblem);
  const implied = draft({ ...bareAttribute(`${name}_id`), entry }, attributeCase);
  const known = drafts.get(implied.name) ?? implied;
  drafts.set(implied.name, {
    ...known,
    required: known.required || required,
    primaryKey: known.primaryKey || primaryKey,
  });
}

/** An attribute of which only the name is known. */
function bareAttribute(name: string): TypedAttribute {
  const no = false;
  return {
    ...{ entry: name, name, uuidV7: no, required: no, primaryKey: no },
    ...{ unique: no, index: no, private: no, sensitive: no },
  };
}

function addTyped(drafts: Map<string, DraftAttribute>, attribute: DraftAttribute, problems: Problems): void {
  const other = drafts.get(attribute.name);
  if (!other) return void drafts.set(attribute.name, attribute);
  problems.add({
    code: "attribute.duplicate",
    message: `"${other.entry}" and "${attribute.entry}" declare the same attribute, ${attribute.name}.`,
    hint: "Keep one of them.",
  });
}

function addKey(
  drafts: Map<string, DraftAttribute>,
  key: DraftAttribute,
  declared: readonly string[],
  problems: Problems,
): void {
  const known = drafts.get(key.name);
  const nearest = known ? undefined : findNearest(key.name, declared);
  if (nearest !== undefined) {
    problems.add({
      code: "primary_key.unknown",
      message: `--primary-key names "${key.entry}", which is no attribute here.`,
      hint: `Did you mean "${drafts.get(nearest)?.entry.split(":")[0]}"? Otherwise declare it with --attributes ${key.entry}:uuid.`,
    });
    return;
  }
  if (known?.primaryKey && key.entry === known.entry) {
    problems.add({
      code: "primary_key.duplicate",
      message: `--primary-key names "${key.entry}" twice.`,
      hint: "Name it once.",
    });
  }
  drafts.set(key.name, { ...(known ?? key), primaryKey: true });
}

function addGeneratedKeys(
  drafts: Map<string, DraftAttribute>,
  request: TypedRequest,
  attributeCase: AttributeCase,
  hasKey: boolean,
  problems: Problems,
): void {
  const keyed = [...drafts.values()].find((attribute) => attribute.primaryKey);
  const wanted = request.generatedKeys.slice(0, 1);
  if (request.generatedKeys.length > 1 || (wanted[0] && keyed)) {
    problems.add({
      code: "primary_key.several",
      message: `There is more than one primary key: ${[...request.generatedKeys.map(({ flag }) => flag), ...(keyed ? [keyed.entry] : [])].join(", ")}.`,
      hint: "Keep one; a key of several attributes is --primary-key a,b.",
    });
    return;
  }
  if (!keyed && wanted.length === 0 && !hasKey) wanted.push({ name: "id", generated: "uuid", flag: "" });
  for (const { name, generated } of wanted) {
    const key = draft(bareAttribute(name), attributeCase);
    const type = { kind: generated === "integer" ? "integer" : "uuid" } as const;
    const other = drafts.get(key.name);
    if (other) problems.add(takesKeyName(other, request.generatedKeys.length > 0));
    else drafts.set(key.name, { ...key, primaryKey: true, required: true, generated, type });
  }
}

function takesKeyName({ entry, name }: DraftAttribute, isAsked: boolean): Problem {
  const key = isAsked ? "the key" : "the key that a resource gets where none is named";
  return {
    code: "attribute.duplicate",
    message: `"${entry}" has the name of ${key}, ${name}.`,
    hint: `To make it the key: ${entry}:primary_key. To keep both, name the key otherwise: --uuid-primary-key key.`,
  };
}

function orderKey(
  listed: readonly DraftAttribute[],
  drafts: ReadonlyMap<string, DraftAttribute>,
): readonly string[] {
  const flagged = [...drafts.values()].filter((attribute) => attribute.primaryKey);
  return [...new Set([...listed, ...flagged].map(({ name }) => name))].filter((name) => drafts.has(name));
}

function orderAttributes(drafts: ReadonlyMap<string, DraftAttribute>, primaryKey: readonly string[]) {
  const keys = primaryKey.flatMap((name) => drafts.get(name) ?? []);
  return [...keys, ...[...drafts.values()].filter(({ name }) => !primaryKey.includes(name))];
}

function checkNames(attribute: DraftAttribute, problems: Problems): void {
  const typedName = attribute.entry.split(":")[0] ?? attribute.name;
  const spelling = findMemberNameProblem("attribute", typedName);
  if (spelling) return void problems.add(spelling);
  const member = findMemberNameProblem("attribute", attribute.name);
  const entry = attribute.entry.replace(/:column\([^()]*\)/i, "");
  const typed = entry.includes(":") ? entry : `${entry}:string`;
  const sql = findSqlNameProblem(
    "column",
    attribute.column,
    `Give the column another name with ${typed}:column(${attribute.column}_value), or rename the attribute.`,
  );
  for (const problem of [member, sql]) if (problem) problems.add(problem);
}
