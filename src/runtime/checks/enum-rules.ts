import { isDeepStrictEqual } from "node:util";
import { groupBy } from "../../support/group-by.js";
import type { Problem } from "../../support/problem.js";
import type { AttributeType } from "../attribute-type.js";
import type { ResourceDefinition } from "../resource-definition.js";
import type { ProjectRule } from "./definition-rule.js";

/** An attribute that holds words of an enum type. */
interface EnumUse {
  readonly native: string;
  readonly values: readonly string[];
  /** `Task.state` */
  readonly path: string;
}

/** Every enum type of the database that attributes take for different lists of words. */
export function findEnumConflicts(definitions: readonly ResourceDefinition[]): Problem[] {
  const groups = groupBy(definitions.flatMap(listUses), ({ native }) => native);
  return [...groups.values()].flatMap((uses) => {
    const [first] = uses;
    const other = uses.find(({ values }) => !isDeepStrictEqual(values, first?.values));
    if (first === undefined || other === undefined) return [];
    return [
      {
        code: "enum.values.conflict",
        message: `"${first.path}" and "${other.path}" list different words for the enum type "${first.native}".`,
        hint: `List the same words in the same order, from one constant, or name another type: .native("…").`,
      },
    ];
  });
}

function listUses(definition: ResourceDefinition): readonly EnumUse[] {
  return definition.attributes.flatMap(({ name, type }) => {
    const { native, values } = findEnum(type);
    return native === undefined ? [] : [{ native, values, path: `${definition.name}.${name}` }];
  });
}

function findEnum(type: AttributeType): Pick<EnumUse, "values"> & { readonly native?: string } {
  if (type.kind === "array") return findEnum(type.of);
  return type.kind === "enum" ? type : { values: [] };
}

const refuseDifferentWords: ProjectRule = ({ resources }) =>
  findEnumConflicts(resources.map(({ definition }) => definition).filter(({ managed }) => managed !== false));

export const ENUM_RULES: readonly ProjectRule[] = [refuseDifferentWords];
