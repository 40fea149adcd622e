import type { AttributeType } from "../runtime/attribute-type.js";
import type { RelationshipKind } from "./spec.js";

/** An attribute as far as it can be read from the source; the type is absent where it cannot. */
export interface FoundAttribute {
  readonly name: string;
  readonly column: string;
  readonly type?: AttributeType;
}

export interface FoundRelationship {
  readonly name: string;
  readonly kind?: RelationshipKind;
  /** Class name of the destination. */
  readonly destination?: string;
  /** Class name of the join resource. */
  readonly through?: string;
  /** The options that are strings, such as `sourceAttribute`. */
  readonly options: Readonly<Record<string, string>>;
}

/** A resource of the project, as its file and its snapshot tell it. */
export interface FoundResource {
  readonly name: string;
  readonly path: string;
  /** Its file exports it as the default. */
  readonly isDefault?: boolean;
  /** Its file exports it under no name, or under another. */
  readonly isHidden?: boolean;
  /** Where it is not the connection's own. */
  readonly schema?: string;
  readonly table: string;
  readonly attributes: readonly FoundAttribute[];
  /** False where the file holds attributes that cannot be read, such as those of a spread. */
  readonly complete: boolean;
  /** In the order of the key; absent where neither source nor snapshot tells it. */
  readonly primaryKey?: readonly FoundAttribute[];
  readonly relationships: readonly FoundRelationship[];
}

/** Finds resources by their class names; each file is read once, when it is asked for. */
export interface ResourceLookup {
  find(className: string): readonly FoundResource[];
  /** The name of the domain that lists a resource; undefined where none does. */
  findDomain(resource: FoundResource): string | undefined;
  /** Every class name that the project has, for a did-you-mean. */
  readonly names: readonly string[];
}
