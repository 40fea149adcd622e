import { splitWords, toCamelCase } from "../../support/casing.js";
import { derivePluralNames, pluralize } from "../inflection.js";
import { spellAttribute } from "../resource/spelling.js";
import type { AttributeCase } from "../settings.js";
import type { Reference } from "./find-references.js";
import { isReservedMember } from "./name-attributes.js";

/** The first that could be, then what to fall back on. */
export type Candidates = readonly [string, ...string[]];

/**
 * The names that a `belongsTo` may have: that of its column without `_id`; where the column does not end so, that of the
 * resource; then both together.
 *
 * @param isAlone does no other reference of the table have to be named after the same resource?
 */
export function listReferenceNames(
  { attribute, target }: Reference,
  { attributeCase, isAlone }: { readonly attributeCase: AttributeCase; readonly isAlone: boolean },
): Candidates {
  const words = splitWords(attribute.name);
  const stem = findStem(attribute.name);
  const resource = splitWords(target.resource.name).join("_");
  const both = [...words, resource].join("_");
  const names = stem === undefined ? (isAlone ? [resource, both] : [both]) : [stem, `${stem}_${resource}`];
  return spellAll(names, attributeCase);
}

/** The name of a key's attribute without its `_id`; undefined where it does not end so. */
export function findStem(attribute: string): string | undefined {
  const words = splitWords(attribute);
  return words.length > 1 && words.at(-1) === "id" ? words.slice(0, -1).join("_") : undefined;
}

interface InverseNaming {
  /** Class of the resource that refers. */
  readonly owner: string;
  /** The name of its `belongsTo`. */
  readonly reference: string;
  readonly isOne: boolean;
  /** Do several references lead from the one resource to the other? */
  readonly isShared: boolean;
  readonly isSelf: boolean;
  readonly attributeCase: AttributeCase;
}

/** The names that the other end of a `belongsTo` may have. */
export function listInverseNames(naming: InverseNaming): Candidates {
  const { owner, reference, isOne, isShared, isSelf, attributeCase } = naming;
  const own = isOne ? splitWords(owner).join("_") : derivePluralNames(owner).table;
  const long = `${splitWords(reference).join("_")}_${own}`;
  const children = isSelf && reference === "parent" && !isOne ? ["children"] : [];
  return spellAll(isShared ? [...children, long, own] : [...children, own, long], attributeCase);
}

/** The names that a `manyToMany` may have: the plural of the other end's `belongsTo`. */
export function listJoinNames(
  { through, other }: { readonly through: string; readonly other: string },
  attributeCase: AttributeCase,
): Candidates {
  const plural = pluralize(other);
  return spellAll([plural, `${splitWords(through).join("_")}_${plural}`], attributeCase);
}

function spellAll(names: readonly string[], attributeCase: AttributeCase): Candidates {
  const spelled = names.map((name) => spellAttribute(name, attributeCase));
  const free = spelled.filter((name) => !isReservedMember(name));
  const [first = `${toCamelCase(names[0] ?? "")}Record`, ...rest] = free;
  return [first, ...rest];
}
