import { columnNameOf, foreignKeyOf, relationshipKeyOf } from "../runtime/constraints.js";
import type {
  Deferrable,
  ForeignKeyDefinition,
  OnDeleteRule,
  OnUpdateRule,
  RelationshipDefinition,
  ResourceDefinition,
} from "../runtime/resource-definition.js";
import type { Deferrable as DeferrableWords, ForeignKeySnapshot, ReferentialAction } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/** A foreign key, and whether its columns want an index. */
export interface DescribedForeignKey {
  readonly foreignKey: ForeignKeySnapshot;
  readonly isIndexed: boolean;
}

/** The foreign keys of a resource's table: one for each `belongsTo` that has one, then those declared by themselves. */
export function describeForeignKeys(definition: ResourceDefinition): readonly DescribedForeignKey[] {
  return [
    ...definition.relationships.flatMap((relationship) => describeRelationship(definition, relationship)),
    ...(definition.foreignKeys ?? []).map((foreignKey) => describeDeclared(definition, foreignKey)),
  ];
}

function describeRelationship(
  definition: ResourceDefinition,
  relationship: RelationshipDefinition,
): readonly DescribedForeignKey[] {
  if (relationship.kind !== "belongsTo") return [];
  const { sourceAttribute, destination, destinationAttribute, index = true } = relationship;
  const name = relationshipKeyOf(definition, relationship);
  if (name === undefined) return [];
  const foreignKey = {
    name,
    columns: [columnNameOf(definition, sourceAttribute)],
    references: {
      table: buildTableKey({ ...pickSchema(destination), name: destination.table }),
      columns: [columnNameOf(destination, destinationAttribute)],
    },
    ...describeRules(relationship),
  };
  return [{ foreignKey, isIndexed: index }];
}

function describeDeclared(
  definition: ResourceDefinition,
  declared: ForeignKeyDefinition,
): DescribedForeignKey {
  const { attributes, references, nilified, index = true } = declared;
  const foreignKey = {
    name: foreignKeyOf(definition, declared),
    columns: attributes.map((attribute) => columnNameOf(definition, attribute)),
    references: {
      table: buildTableKey({ ...pickSchema(references), name: references.table }),
      columns: references.columns,
    },
    ...describeRules(declared),
    ...(nilified &&
      nilified.length < attributes.length && {
        setNull: nilified.map((attribute) => columnNameOf(definition, attribute)),
      }),
  };
  return { foreignKey, isIndexed: index };
}

function pickSchema({ schema }: { readonly schema?: string }): { readonly schema?: string } {
  return schema === undefined ? {} : { schema };
}

interface Rules {
  readonly onDelete: OnDeleteRule;
  readonly onUpdate?: OnUpdateRule;
  readonly deferrable?: Deferrable;
}

function describeRules({
  onDelete,
  onUpdate = "noAction",
  deferrable,
}: Rules): Pick<ForeignKeySnapshot, "onDelete" | "onUpdate" | "deferrable"> {
  const changed = actionWords[onUpdate];
  return {
    onDelete: actionWords[onDelete],
    ...(changed !== "no action" && { onUpdate: changed }),
    ...(deferrable !== undefined && { deferrable: deferrableWords[deferrable] }),
  };
}

/** Declarations say what happens; databases have other words for it. */
const actionWords: Record<OnDeleteRule, ReferentialAction> = {
  cascade: "cascade",
  restrict: "restrict",
  nilify: "set null",
  noAction: "no action",
};

const deferrableWords: Record<Deferrable, DeferrableWords> = {
  initiallyImmediate: "initially immediate",
  initiallyDeferred: "initially deferred",
};
