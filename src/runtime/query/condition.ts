import type { ColumnMap } from "../mapping/table-map.js";
import type { RelationshipDefinition } from "../resource-definition.js";

export type Comparison = "=" | "<>" | ">" | ">=" | "<" | "<=";

/** How a text is compared with a pattern. */
export type PatternKind = "like" | "ilike" | "contains" | "startsWith" | "endsWith";

/** A filter once it is known to be one: names are columns and relationships, values are canonical. */
export type Condition =
  | {
      readonly kind: "compare";
      readonly column: ColumnMap;
      readonly operator: Comparison;
      readonly value: unknown;
    }
  | { readonly kind: "null"; readonly column: ColumnMap; readonly isNull: boolean }
  | {
      readonly kind: "list";
      readonly column: ColumnMap;
      readonly values: readonly unknown[];
      readonly isIn: boolean;
    }
  | {
      readonly kind: "pattern";
      readonly column: ColumnMap;
      readonly pattern: PatternKind;
      readonly text: string;
    }
  | { readonly kind: "element"; readonly column: ColumnMap; readonly value: unknown }
  | { readonly kind: "and" | "or"; readonly conditions: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "related"; readonly relationship: RelationshipDefinition; readonly condition: Condition }
  | { readonly kind: "join"; readonly condition: Condition };

export function combine(conditions: readonly Condition[]): Condition {
  const [only] = conditions;
  return only !== undefined && conditions.length === 1 ? only : { kind: "and", conditions };
}
