/** What an attribute holds, as plain data. The database side and the generator exhaust this union. */
export type AttributeType = StorageChoice &
  (
    | { readonly kind: "string"; readonly length?: number }
    | { readonly kind: "text" }
    | { readonly kind: "integer" }
    | { readonly kind: "bigint" }
    | { readonly kind: "float" }
    | { readonly kind: "decimal"; readonly precision?: number; readonly scale?: number }
    | { readonly kind: "boolean" }
    | { readonly kind: "uuid" }
    | { readonly kind: "date" }
    | { readonly kind: "time" }
    | { readonly kind: "datetime" }
    | { readonly kind: "json" }
    | { readonly kind: "binary" }
    | {
        readonly kind: "enum";
        readonly values: readonly string[];
        /** The enum type of PostgreSQL that holds the words, such as `task_status`; without it a text with a check. */
        readonly native?: string;
      }
    | { readonly kind: "array"; readonly of: AttributeType }
  );

/** How a type is held where not as ashlar would choose. */
export interface StorageChoice {
  /** The column's type in SQL, as it is written, such as `citext` or `"Odd Domain"`. */
  readonly databaseType?: string;
}

/** The names of the types. */
export type AttributeTypeKind = AttributeType["kind"];

/** Where a value comes from when none is given. Functions run in the application, `generated` in it or in the database. */
export type AttributeDefault =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "function"; readonly create: () => unknown }
  | { readonly kind: "generated"; readonly by: ValueGenerator }
  /** An expression in SQL that the database works out for each new row. */
  | { readonly kind: "sql"; readonly sql: string };

/** What can make a value by itself; `identity` is SQL's own numbering, `alwaysIdentity` one that nobody may override. */
export type ValueGenerator = "uuidV4" | "uuidV7" | "increment" | "identity" | "alwaysIdentity" | "now";

/** One attribute of a resource, as frozen data. */
export interface AttributeDefinition {
  /** The key it has in the resource. */
  readonly name: string;
  /** The column that holds it: the given one, else the name in snake_case. */
  readonly column: string;
  /** What the column was called before. */
  readonly renamedFrom?: string;
  readonly type: AttributeType;
  readonly required: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly index: boolean;
  /** Not accepted by default actions; others may accept it by name. */
  readonly private: boolean;
  /** Shown, but not accepted by default actions: its value is made, not given. */
  readonly readOnly: boolean;
  /** Never shown in an error or a log. */
  readonly sensitive: boolean;
  /** Set anew at every update. */
  readonly updatedAutomatically: boolean;
  readonly default?: AttributeDefault;
  /** The expression in SQL that the database works the column out by, from others of the same row; nobody writes it. */
  readonly generatedAs?: string;
  /** Is it worked out whenever it is read, rather than stored? */
  readonly virtual?: true;
  readonly description?: string;
}
