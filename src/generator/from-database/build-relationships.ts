import type { RelationshipDefinition } from "../../runtime/resource-definition.js";
import { toSnakeCase } from "../../support/casing.js";
import type { AttributeCase } from "../settings.js";
import { isFullKey } from "./build-identities.js";
import { buildBelongsTo, type Reference } from "./find-references.js";
import { NamePool } from "./name-pool.js";
import {
  findStem,
  listInverseNames,
  listJoinNames,
  listReferenceNames,
  type Candidates,
} from "./name-relationships.js";
import type { SelectedTable } from "./select-tables.js";
import type { Target } from "./target.js";

/** A table on its way to a resource: its attributes are there, its relationships are not. */
export interface DraftedTable extends Target, SelectedTable {
  readonly references: readonly Reference[];
}

/** A relationship that did not get the name that it would have had. */
export interface Renaming {
  readonly resource: string;
  readonly name: string;
  readonly wanted: string;
}

/** The other end of a reference that a resource of the project's own would have. */
export interface MissingEnd {
  /** Class and file of the resource that is left as it is. */
  readonly resource: string;
  readonly path: string;
  /** The reference, such as `Task.user`. */
  readonly reference: string;
}

export interface BuiltRelationships {
  /** By the keys of the tables; `belongsTo` first. */
  readonly relationships: ReadonlyMap<string, readonly RelationshipDefinition[]>;
  readonly renamings: readonly Renaming[];
  readonly missing: readonly MissingEnd[];
}

type BelongsTo = Extract<RelationshipDefinition, { kind: "belongsTo" }>;

interface NamedReference {
  readonly owner: DraftedTable;
  readonly reference: Reference;
  readonly belongsTo: BelongsTo;
}

/**
 * Gives every table its relationships. Names are given out in one order whatever the database's is, and a later one
 * yields to an earlier one: first each table's own `belongsTo`; then the other ends of those that are called as what they
 * lead to, since no other name says more; then what goes through join tables; then the other ends that are left.
 */
export function buildRelationships(
  tables: readonly DraftedTable[],
  attributeCase: AttributeCase,
): BuiltRelationships {
  const members = new Members(tables);
  const named = tables.flatMap((owner) => nameReferences(owner, members, attributeCase));
  const naming = { members, tables, attributeCase };
  for (const each of named.filter(isPlain)) addInverse(each, named, naming);
  for (const owner of tables) addThrough(owner, named, naming);
  for (const each of named.filter((other) => !isPlain(other))) addInverse(each, named, naming);
  return { ...members, missing: named.flatMap((each) => findMissingEnd(each, tables)) };
}

interface Naming {
  readonly members: Members;
  readonly tables: readonly DraftedTable[];
  readonly attributeCase: AttributeCase;
}

/** The members of every class under way. */
class Members {
  readonly relationships = new Map<string, RelationshipDefinition[]>();
  readonly renamings: Renaming[] = [];
  readonly #pools = new Map<string, NamePool>();

  constructor(tables: readonly DraftedTable[]) {
    for (const { key, definition } of tables) {
      this.#pools.set(key, new NamePool(definition.attributes.map(({ name }) => name)));
      this.relationships.set(key, []);
    }
  }

  add<Added extends RelationshipDefinition>(
    { key, resource }: DraftedTable,
    candidates: Candidates,
    build: (name: string) => Added,
  ): Added {
    const [wanted] = candidates;
    const name = this.#pools.get(key)?.take(candidates) ?? wanted;
    if (name !== wanted) this.renamings.push({ resource: resource.name, name, wanted });
    const added = build(name);
    this.relationships.get(key)?.push(added);
    return added;
  }
}

/** Is a reference called as the resource that it leads to? */
function isPlain({ belongsTo, reference }: NamedReference): boolean {
  return toSnakeCase(belongsTo.name) === toSnakeCase(reference.target.resource.name);
}

function nameReferences(
  owner: DraftedTable,
  members: Members,
  attributeCase: AttributeCase,
): readonly NamedReference[] {
  const { references } = owner;
  const isAlone = ({ target }: Reference) =>
    references.filter((each) => each.target === target && findStem(each.attribute.name) === undefined)
      .length < 2;
  return references.map((reference) => {
    const names = listReferenceNames(reference, { attributeCase, isAlone: isAlone(reference) });
    const belongsTo = members.add(owner, names, (name) => buildBelongsTo(reference, name, owner.table.name));
    return { owner, reference, belongsTo };
  });
}

/** The other end of a reference, where it is a resource of this run: those that exist are left as they are. */
function addInverse(
  { owner, reference, belongsTo }: NamedReference,
  all: readonly NamedReference[],
  { members, tables, attributeCase }: Naming,
): void {
  const destination = tables.find(({ definition }) => definition === reference.target.definition);
  if (destination === undefined) return;
  const isOne = isUniqueHere(owner, [reference.attribute.column]);
  const siblings = all.filter((each) => each.owner === owner && each.reference.target === reference.target);
  const names = listInverseNames({
    ...{ owner: owner.resource.name, reference: belongsTo.name, isOne, attributeCase },
    isShared: siblings.length > 1,
    isSelf: destination === owner,
  });
  members.add(destination, names, (name) => ({
    ...{ kind: isOne ? "hasOne" : "hasMany", name, destination: owner.definition },
    sourceAttribute: belongsTo.destinationAttribute,
    destinationAttribute: belongsTo.sourceAttribute,
  }));
}

function isUniqueHere({ table }: DraftedTable, columns: readonly string[]): boolean {
  const keys = [
    table.primaryKey?.columns ?? [],
    ...table.indexes.filter(isFullKey).map((index) => index.columns),
  ];
  return keys.some((each) => each.length === columns.length && each.every((name) => columns.includes(name)));
}

function findMissingEnd(
  { owner, reference, belongsTo }: NamedReference,
  tables: readonly DraftedTable[],
): readonly MissingEnd[] {
  const { definition, resource } = reference.target;
  if (tables.some((each) => each.definition === definition)) return [];
  return [
    { resource: resource.name, path: resource.path, reference: `${owner.resource.name}.${belongsTo.name}` },
  ];
}

/** A join table has exactly two foreign keys, and no two rows join the same ends. */
function findEnds(
  owner: DraftedTable,
  all: readonly NamedReference[],
): readonly [NamedReference, NamedReference] | undefined {
  const [left, right, ...more] = all.filter((each) => each.owner === owner);
  const hasOthers = more.length > 0 || owner.table.foreignKeys.length !== 2;
  if (left === undefined || right === undefined || hasOthers) return undefined;
  const columns = [left, right].map(({ reference }) => reference.attribute.column);
  return columns[0] !== columns[1] && isUniqueHere(owner, columns) ? [left, right] : undefined;
}

function addThrough(owner: DraftedTable, all: readonly NamedReference[], naming: Naming): void {
  const ends = findEnds(owner, all);
  if (ends === undefined) return;
  const [left, right] = ends;
  addManyToMany(owner, { near: left, far: right }, naming);
  addManyToMany(owner, { near: right, far: left }, naming);
}

function addManyToMany(
  owner: DraftedTable,
  { near, far }: { readonly near: NamedReference; readonly far: NamedReference },
  { members, tables, attributeCase }: Naming,
): void {
  const source = tables.find(({ definition }) => definition === near.reference.target.definition);
  if (source === undefined) return;
  const names = listJoinNames({ through: owner.resource.name, other: far.belongsTo.name }, attributeCase);
  members.add(source, names, (name) => ({
    ...{ kind: "manyToMany", name, destination: far.belongsTo.destination, through: owner.definition },
    sourceAttribute: near.belongsTo.destinationAttribute,
    destinationAttribute: far.belongsTo.destinationAttribute,
    sourceAttributeOnJoinResource: near.belongsTo.sourceAttribute,
    destinationAttributeOnJoinResource: far.belongsTo.sourceAttribute,
  }));
}
