import type { ForeignKeyDefinition, ResourceDefinition } from "../../runtime/resource-definition.js";
import type { Notice } from "../plan.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import { addIdentities } from "./build-identities.js";
import { buildBase } from "./build-base.js";
import { buildFaithfully } from "./build-faithfully.js";
import { buildRelationships, type DraftedTable, type Renaming } from "./build-relationships.js";
import { buildForeignKey, findReferences, type PlainForeignKey } from "./find-references.js";
import { findKey, isSayableKey } from "./find-key.js";
import { findYielding } from "./find-yielding.js";
import { nameAttributes } from "./name-attributes.js";
import { createOptionPool } from "./name-pool.js";
import type { PlacedTable } from "./name-tables.js";
import type { Target, Targets } from "./target.js";
import { findUsableWords } from "./usable-words.js";
import {
  tellAttributes,
  tellMissingEnds,
  tellBare,
  tellKeyless,
  tellPlain,
  tellUnfaithful,
  tellRenaming,
  tellSensitive,
  tellUnmanaged,
} from "./notices.js";

/** A resource to write. */
export interface ImportedResource {
  readonly placed: PlacedTable;
  readonly definition: ResourceDefinition;
  readonly isManaged: boolean;
}

export interface ImportedTables {
  readonly resources: readonly ImportedResource[];
  /** Every resource that those name, by the definition that names it. */
  readonly references: ReadonlyMap<ResourceDefinition, Target["resource"]>;
  readonly notices: readonly Notice[];
}

interface DraftedPlace extends DraftedTable {
  readonly placed: PlacedTable;
  readonly plain: readonly PlainForeignKey[];
}

/**
 * The resources of some tables, decided to the last option.
 *
 * @param known the resources that the project has already, by the keys of their tables
 */
export function importTables(
  placed: readonly PlacedTable[],
  known: Targets,
  attributeCase: AttributeCase,
): ImportedTables {
  const drafted = draftTables(placed, known, attributeCase);
  const targets = listTargets(known, drafted);
  const { relationships, renamings, missing } = buildRelationships(drafted, attributeCase);
  const resources = drafted.map((draft) =>
    finish(draft, { relationships: relationships.get(draft.key) ?? [], attributeCase }),
  );
  return {
    resources,
    references: new Map([...targets.values()].map(({ definition, resource }) => [definition, resource])),
    notices: [
      ...drafted.flatMap((draft) => tellAttributes(draft, attributeCase)),
      ...renamings.map((renaming: Renaming) => tellRenaming(renaming)),
      ...tellMissingEnds(missing),
      ...drafted.flatMap((draft) => draft.plain.flatMap((each) => tellPlain(draft.resource.name, each))),
      ...tellKeyless(resources.map(({ definition }) => definition)),
      ...tellUnmanaged(resources.filter(({ isManaged }) => !isManaged).map(({ placed: table }) => table)),
      ...tellSensitive(resources.map(({ definition }) => definition)),
      ...tellBare(resources.map(({ definition }) => definition)),
      ...resources.filter(({ isFaithful }) => !isFaithful).map(({ placed: table }) => tellUnfaithful(table)),
    ],
  };
}

/** Twice: which columns leave their name to a relationship is known once it is known which refer to what. */
function draftTables(placed: readonly PlacedTable[], known: Targets, attributeCase: AttributeCase) {
  const first = placed.map((each) => draftBase(each, attributeCase, new Set()));
  const firstTargets = listTargets(known, first);
  const bases = first.map((each) => {
    const { references } = findReferences(each.definition, each.table.foreignKeys, firstTargets);
    return draftBase(each.placed, attributeCase, findYielding(each.definition, references));
  });
  const targets = listTargets(known, bases);
  return bases.map((each) => draftReferences(each, targets));
}

function listTargets(known: Targets, bases: readonly DraftedBase[]): Targets {
  return new Map<string, Target>([...known, ...bases.map((each) => [each.key, each] as const)]);
}

function draftBase(placed: PlacedTable, attributeCase: AttributeCase, yielding: ReadonlySet<string>) {
  const { key, table, className, path, why } = placed;
  const tellingApart = findKey(table);
  const isManaged = why === undefined && isSayableKey(tellingApart, table);
  const attributeNames = nameAttributes(table, attributeCase, yielding);
  const base = buildBase({ className, table, attributeNames, isManaged, key: tellingApart });
  const definition = addIdentities(base, table, { attributeCase, left: new Set() });
  return {
    placed,
    key,
    table,
    base,
    definition,
    yielding,
    resource: { name: className, path, table: table.name },
  };
}

type DraftedBase = ReturnType<typeof draftBase>;

function draftReferences(draft: DraftedBase, targets: Targets): DraftedPlace & DraftedBase {
  return { ...draft, ...findReferences(draft.definition, draft.table.foreignKeys, targets) };
}

function finish(
  draft: DraftedPlace & DraftedBase,
  {
    relationships,
    attributeCase,
  }: {
    readonly relationships: ResourceDefinition["relationships"];
    readonly attributeCase: AttributeCase;
  },
): ImportedResource & { readonly isFaithful: boolean } {
  const { base, table, placed } = draft;
  const foreignKeys = buildForeignKeys(draft, attributeCase);
  const isManaged = base.managed !== false;
  const parts = { base, table, relationships, foreignKeys, attributeCase };
  if (isManaged) return { placed, isManaged, ...buildFaithfully(parts) };
  const definition = { ...draft.definition, relationships };
  return { placed, isManaged, definition, isFaithful: true };
}

function buildForeignKeys(
  { base, plain }: DraftedPlace & DraftedBase,
  attributeCase: AttributeCase,
): readonly ForeignKeyDefinition[] {
  const pool = createOptionPool();
  return plain.map(({ foreignKey }) => {
    const words = findUsableWords(foreignKey.columns.join("_").replace(/_id$/, ""), "key").join("_");
    return buildForeignKey(foreignKey, pool.take([spellAttribute(words, attributeCase)]), base);
  });
}
