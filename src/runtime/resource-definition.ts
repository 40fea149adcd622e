import type { ActionDefinition } from "./actions/action-definition.js";
import type { AttributeDefinition } from "./attribute-type.js";

/** The four default actions; each kind of action has the name of its default. */
export type ActionKind = "create" | "read" | "update" | "destroy";

/** A named unique key: attribute names, in order. */
export interface IdentityDefinition {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Only the rows that meet this SQL condition are unique together. */
  readonly where?: string;
  /** False where two rows without a value count as equal; databases take them for distinct. */
  readonly nullsDistinct?: boolean;
  /** The index's name where it is not `<table>_<name>_index`. */
  readonly indexName?: string;
  /** A constraint of the table rather than an index, as databases made elsewhere have it. */
  readonly constraint?: boolean;
}

/** A column of an index by its attribute, or whatever else SQL allows there: an expression, an order, an operator class. */
export type IndexKeyDefinition = string | { readonly sql: string };

/** An index that no attribute, identity or relationship declares. */
export interface IndexDefinition {
  readonly name: string;
  /** In the order of the index; attributes by their names. */
  readonly on: readonly IndexKeyDefinition[];
  readonly unique?: boolean;
  /** The access method where it is not `btree`, such as `gin`. */
  readonly method?: string;
  /** Only the rows that meet this SQL condition are indexed. */
  readonly where?: string;
  /** Names of attributes that the index holds without being ordered by them. */
  readonly include?: readonly string[];
  /** False where two rows without a value count as equal. */
  readonly nullsDistinct?: boolean;
  /** The index's name where it is not `<table>_<name>_index`. */
  readonly indexName?: string;
}

/** A condition in SQL that every row has to meet. */
export interface CheckDefinition {
  readonly name: string;
  readonly sql: string;
  /** The constraint's name where it is not `<table>_<name>_check`. */
  readonly constraintName?: string;
}

/** A foreign key over columns, for what no `belongsTo` can say: several columns, or a table without a resource. */
export interface ForeignKeyDefinition {
  readonly name: string;
  /** Attribute names, in the order of the columns there. */
  readonly attributes: readonly string[];
  readonly references: {
    readonly schema?: string;
    readonly table: string;
    readonly columns: readonly string[];
  };
  readonly onDelete: OnDeleteRule;
  /** The attributes that `nilify` makes null when the other row goes, where it is not all of them. */
  readonly nilified?: readonly string[];
  readonly onUpdate: OnUpdateRule;
  readonly deferrable?: Deferrable;
  /** The constraint's name where it is not `<table>_<columns>_fkey`. */
  readonly constraintName?: string;
  /** False where no index over the columns is wanted. */
  readonly index?: boolean;
}

/** SQL of the project's own that belongs to the table, such as a trigger, with the way back. */
export interface StatementDefinition {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/** What happens to the referencing rows when the referenced row goes: the words used in declarations. */
export type OnDeleteRule = "cascade" | "restrict" | "nilify" | "noAction";

/** What happens to the referencing rows when the referenced key changes. */
export type OnUpdateRule = OnDeleteRule;

/** A foreign key that may be checked at the end of a transaction: when asked for, or always. */
export type Deferrable = "initiallyImmediate" | "initiallyDeferred";

/** A relationship as frozen data, its defaults filled in; resources are named by their definitions, not by their classes. */
export type RelationshipDefinition =
  | {
      readonly kind: "belongsTo";
      readonly name: string;
      readonly destination: ResourceDefinition;
      readonly sourceAttribute: string;
      readonly destinationAttribute: string;
      readonly onDelete: OnDeleteRule;
      readonly onUpdate?: OnUpdateRule;
      readonly deferrable?: Deferrable;
      /** The constraint's name where it is not `<table>_<column>_fkey`; false where the database has none for it. */
      readonly foreignKey?: string | false;
      /** False where no index over the key is wanted. */
      readonly index?: boolean;
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
  /** The database's schema that the table is in, where it is not the connection's own. */
  readonly schema?: string;
  readonly table: string;
  /** What the table was called before; `schema.table` where it has moved. */
  readonly renamedFrom?: string;
  /** False where migrations leave the table alone: a view, or a table that somebody else migrates. */
  readonly managed?: boolean;
  readonly description?: string;
  /** In the order of declaration. */
  readonly attributes: readonly AttributeDefinition[];
  /** Attribute names, in the order of the key. */
  readonly primaryKey: readonly string[];
  /** The key's name where it is not `<table>_pkey`. */
  readonly primaryKeyName?: string;
  /** False where the table itself has no primary key. */
  readonly primaryKeyConstraint?: boolean;
  readonly identities: readonly IdentityDefinition[];
  readonly indexes?: readonly IndexDefinition[];
  readonly checks?: readonly CheckDefinition[];
  readonly foreignKeys?: readonly ForeignKeyDefinition[];
  readonly statements?: readonly StatementDefinition[];
  /** The declared actions and the default ones. */
  readonly actions: readonly ActionDefinition[];
  /** Resolved when first read, since resources may refer to each other in a circle. */
  readonly relationships: readonly RelationshipDefinition[];
}
