import type { AttributeType } from "../../runtime/attribute-type.js";
import type { ActionKind } from "../../runtime/resource-definition.js";
import type { GeneratedKey } from "../spec.js";

/** How a declaration leaves its file. */
export type Exported =
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "default" }
  | { readonly kind: "none" };

/** One attribute as it is written. */
export interface AttributeSource {
  readonly name: string;
  /** As written, on however many lines. */
  readonly expression: string;
  /** Absent where it is not built by ashlar's own functions, and so could be anything; the flags then tell nothing. */
  readonly type?: AttributeType;
  readonly generated?: GeneratedKey;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  readonly private: boolean;
  readonly sensitive: boolean;
  /** Written only where it is not the attribute's name in snake_case. */
  readonly column?: string;
  /** What the column was called before. */
  readonly renamedFrom?: string;
}

/** The attribute names that `...timestamps()` stands for. */
export type TimestampsSource = "camelCase" | "snake_case";

/** One relationship as it is written. Classes have the names that their own files give them. */
export interface RelationshipSource {
  readonly name: string;
  /** As written, on however many lines. */
  readonly expression: string;
  /** Absent where it is not built by ashlar's own functions. */
  readonly kind?: "belongsTo" | "hasOne" | "hasMany" | "manyToMany";
  readonly destination?: string;
  readonly through?: string;
  /** The options that are strings, such as `sourceAttribute` and `onDelete`. */
  readonly options: Readonly<Record<string, string>>;
}

export interface IdentitySource {
  readonly name: string;
  /** Absent where they are not written out. */
  readonly attributes?: readonly string[];
}

/** A list that people wrote: what of it could be read, and whether that is all of it. */
export interface Listing<Item> {
  readonly items: readonly Item[];
  readonly complete: boolean;
}

/** A resource as its file declares it, read without running anything. */
export interface ResourceSource {
  /** The class name. */
  readonly name: string;
  /** The file, relative to the project's root. */
  readonly path: string;
  readonly exported: Exported;
  /** Absent where it is not written as a string. */
  readonly table?: string;
  /** Absent also where it is not written as a string. */
  readonly schema?: string;
  readonly description?: string;
  /** Those written out, in order; `timestamps` are told apart. */
  readonly attributes: Listing<AttributeSource>;
  readonly timestamps?: TimestampsSource;
  /** Attribute names in the order of the key; absent where the attributes do not tell. */
  readonly primaryKey?: readonly string[];
  readonly relationships: Listing<RelationshipSource>;
  readonly identities: Listing<IdentitySource>;
  readonly defaultActions: Listing<ActionKind>;
}

/** A domain as its file declares it. */
export interface DomainSource {
  /** The constant that holds it. */
  readonly name: string;
  /** The file, relative to the project's root. */
  readonly path: string;
  readonly exported: Exported;
  /** The name it was given, absent where that is not written as a string. */
  readonly title?: string;
  /** Class names, as their own files give them. */
  readonly resources: Listing<string>;
}
