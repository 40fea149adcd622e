import type { AttributeType, ValueGenerator } from "../runtime/attribute-type.js";
import type {
  CheckDefinition,
  Deferrable,
  ForeignKeyDefinition,
  IndexDefinition,
  OnDeleteRule,
  OnUpdateRule,
  StatementDefinition,
} from "../runtime/resource-definition.js";

/** A value that can be written as a literal of TypeScript. */
export type LiteralValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | readonly LiteralValue[]
  | { readonly [key: string]: LiteralValue };

/** A default: a literal, `now` for the moment of the insert, or what only an existing database has. */
export type DefaultSpec =
  | { readonly kind: "value"; readonly value: LiteralValue }
  | { readonly kind: "now" }
  | { readonly kind: "generated"; readonly by: ValueGenerator }
  | { readonly kind: "sql"; readonly sql: string };

/** How a primary key gets its value when nobody gives it one. */
export type GeneratedKey = "uuid" | "uuidV7" | "integer";

/** One attribute to write, its name spelled as the project spells attributes. */
export interface AttributeSpec {
  readonly name: string;
  readonly column: string;
  readonly type: AttributeType;
  readonly required: boolean;
  readonly primaryKey: boolean;
  /** Set for `uuidPrimaryKey()` and its kin. */
  readonly generated?: GeneratedKey;
  readonly unique: boolean;
  readonly index: boolean;
  readonly private: boolean;
  readonly sensitive: boolean;
  readonly default?: DefaultSpec;
  readonly generatedAs?: string;
  readonly virtual?: true;
  readonly readOnly?: boolean;
  readonly description?: string;
}

/** A resource that the new one refers to, as it was found in the project. */
export interface ResourceReference {
  /** Class name. */
  readonly name: string;
  /** File that declares it, relative to the root. */
  readonly path: string;
  readonly table: string;
  /** Its file exports it as the default. */
  readonly isDefault?: boolean;
  /** Its file exports it under no name, or under another. */
  readonly isHidden?: boolean;
}

export type RelationshipSpec =
  | {
      readonly kind: "belongsTo";
      readonly name: string;
      readonly destination: ResourceReference;
      /** Written only where it is not `<name>Id`. */
      readonly sourceAttribute?: string;
      /** Written only where it is not the destination's `id`. */
      readonly destinationAttribute?: string;
      readonly onDelete?: OnDeleteRule;
      readonly onUpdate?: OnUpdateRule;
      readonly deferrable?: Deferrable;
      /** The constraint's name where it is not the usual one. */
      readonly foreignKey?: string | false;
      /** False where the database has no index over the key. */
      readonly index?: boolean;
    }
  | {
      readonly kind: "hasOne" | "hasMany";
      readonly name: string;
      readonly destination: ResourceReference;
      readonly destinationAttribute: string;
      /** Written only where it is not the resource's primary key. */
      readonly sourceAttribute?: string;
    }
  | {
      readonly kind: "manyToMany";
      readonly name: string;
      readonly destination: ResourceReference;
      readonly through: ResourceReference;
      readonly sourceAttributeOnJoinResource: string;
      readonly destinationAttributeOnJoinResource: string;
      /** Written only where it is not the resource's primary key. */
      readonly sourceAttribute?: string;
      /** Written only where it is not the destination's primary key. */
      readonly destinationAttribute?: string;
    };

export type RelationshipKind = RelationshipSpec["kind"];

export interface IdentitySpec {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly where?: string;
  readonly nullsDistinct?: boolean;
  readonly indexName?: string;
  readonly constraint?: boolean;
}

export type DefaultAction = "create" | "read" | "update" | "destroy";

/** A resource to write: everything decided, nothing left to look up. */
export interface ResourceSpec {
  readonly domain: string;
  readonly name: string;
  readonly schema?: string;
  readonly table: string;
  readonly managed?: boolean;
  readonly description?: string;
  /** In the order they are written. */
  readonly attributes: readonly AttributeSpec[];
  /** Attribute names, in the order of the key. */
  readonly primaryKey: readonly string[];
  readonly primaryKeyName?: string;
  readonly primaryKeyConstraint?: boolean;
  readonly timestamps: boolean;
  readonly relationships: readonly RelationshipSpec[];
  readonly identities: readonly IdentitySpec[];
  readonly indexes?: readonly IndexDefinition[];
  readonly checks?: readonly CheckDefinition[];
  readonly foreignKeys?: readonly ForeignKeyDefinition[];
  readonly statements?: readonly StatementDefinition[];
  readonly actions: readonly DefaultAction[];
}
