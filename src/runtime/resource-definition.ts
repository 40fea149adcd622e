import type { ActionDefinition } from "./actions/action-definition.js";
import type { AttributeDefinition } from "./attribute-type.js";

/** The four default actions; each kind of action has the name of its default. */
export type ActionKind = "create" | "read" | "update" | "destroy";

/** A named unique key: attribute names, in order. */
export interface IdentityDefinition {
  readonly name: string;
  readonly attributes: readonly string[];
}

/** What happens to the referencing rows when the referenced row goes: the words used in declarations. */
export type OnDeleteRule = "cascade" | "restrict" | "nilify" | "noAction";

/** A relationship as frozen data, its defaults filled in; resources are named by their definitions, not by their classes. */
export type RelationshipDefinition =
  | {
      readonly kind: "belongsTo";
      readonly name: string;
      readonly destination: ResourceDefinition;
      readonly sourceAttribute: string;
      readonly destinationAttribute: string;
      readonly onDelete: OnDeleteRule;
    }
  | {
      readonly kind: "hasOne" | "hasMany";
      readonly name: string;
      readonly destination: ResourceDefinition;
      readonly sourceAttribute: string;
      readonly destinationAttribute: string;
    }
  | {
      readonly kind: "manyToMany";
      readonly name: string;
      readonly destination: ResourceDefinition;
      readonly through: ResourceDefinition;
      readonly sourceAttribute: string;
      readonly destinationAttribute: string;
      readonly sourceAttributeOnJoinResource: string;
      readonly destinationAttributeOnJoinResource: string;
    };

/** A resource as plain frozen data: what the migrations, the checks and the repo read. */
export interface ResourceDefinition {
  /** The class name. */
  readonly name: string;
  readonly table: string;
  readonly description?: string;
  /** In the order of declaration. */
  readonly attributes: readonly AttributeDefinition[];
  /** Attribute names, in the order of the key. */
  readonly primaryKey: readonly string[];
  readonly identities: readonly IdentityDefinition[];
  /** The declared actions and the default ones. */
  readonly actions: readonly ActionDefinition[];
  /** Resolved when first read, since resources may refer to each other in a circle. */
  readonly relationships: readonly RelationshipDefinition[];
}
