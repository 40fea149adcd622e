/** What was typed after `gen resource`: raw strings, one for each time a flag was given. The grammar is applied later. */
export interface ResourceRequest {
  readonly domain?: string;
  readonly name: string;
  /** `--primary-key`. */
  readonly primaryKey: readonly string[];
  /** The key's name; `id` when the flag has none. */
  readonly uuidPrimaryKey?: string;
  readonly uuidV7PrimaryKey?: string;
  readonly integerPrimaryKey?: string;
  readonly attributes: readonly string[];
  readonly relationships: readonly string[];
  readonly identities: readonly string[];
  readonly timestamps: boolean;
  readonly defaultActions?: readonly string[];
  readonly table?: string;
  readonly plural?: string;
  readonly description?: string;
  readonly onDelete?: string;
  /** False for `--no-inverse`. */
  readonly inverse: readonly string[] | false;
  /** True for `--join`, false for `--no-join`, absent to find out. */
  readonly join?: boolean;
  /** False for `--no-references`. */
  readonly references: boolean;
  readonly conflicts?: string;
  readonly ignoreIfExists: boolean;
  readonly migrationName?: string;
  /** False for `--no-migration`. */
  readonly migration: boolean;
}
