import type { AttributeDefinition } from "../attribute-type.js";
import type { Issue } from "../errors/issue.js";
import type { Repo } from "../repo-types.js";
import type { ActionKind, ResourceDefinition } from "../resource-definition.js";
import type { ManageOptions } from "../manage/manage-options.js";

/** What an action's change or validation is about to happen to. */
export interface ActionContext {
  readonly resource: ResourceDefinition;
  readonly action: { readonly kind: ActionKind; readonly name: string };
  /** The record that is changed or destroyed; undefined while one is made. */
  readonly record: object | undefined;
  /** The arguments that the input gave, and the defaults of the others. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The value that the attribute will have, as far as it is known. */
  get(attribute: string): unknown;
  /** The argument of this name; where there is none, the value that the attribute will have. */
  find(name: string): unknown;
  /** How the argument, or else the attribute, of this name was declared. */
  declarationOf(name: string): AttributeDefinition | undefined;
  /** Did the input, or a change before, give it, an attribute or an argument? A null is given, a default is not. */
  isGiven(name: string): boolean;
  /** Will the attribute be another than it is? In a create: does it have a value? */
  isChanging(attribute: string): boolean;
}

/** What a change can do. */
export interface ChangeContext extends ActionContext {
  /** Sets an attribute, whether or not the action accepts it. */
  set(attribute: string, value: unknown): void;
  /** Adds to the attribute in the database, so that two at once both count; null counts as 0. */
  increment(attribute: string, by: number | bigint): void;
  /** Lets an update or a destroy count only if the attribute, an integer, is as it was read; an update adds one to it. */
  lock(attribute: string): void;
  /** Manages a relationship, as a changeset does. */
  manageRelationship(name: string, input: unknown, options: ManageOptions): void;
  /** Refuses the changeset. */
  addIssue(issue: IssueInput): void;
  /** Runs inside the transaction, before the row is written. */
  before(hook: Hook): void;
  /** Runs inside the transaction, with the record as it was written. */
  after(hook: RecordHook): void;
  /** Runs once the outermost transaction is committed. */
  afterCommit(hook: RecordHook): void;
}

/** An issue that an action finds; its path is the attribute's where none is given. */
export interface IssueInput {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly attribute?: string;
  readonly path?: Issue["path"];
}

/** The names that a change or a validation looks up, so that those that do not exist are told with the definitions. */
export interface Mentions {
  /** Attributes or arguments. */
  readonly fields?: readonly string[];
  readonly attributes?: readonly string[];
  readonly arguments?: readonly string[];
  readonly relationships?: readonly string[];
}

/** A step of an action: a function that looks at a changeset and changes it. */
export interface Change {
  (context: ChangeContext): void;
  readonly mentions?: Mentions;
}

/** A rule of an action: what is wrong, or nothing. */
export interface Validation {
  (context: ActionContext): IssueInput | readonly IssueInput[] | undefined;
  readonly mentions?: Mentions;
  /** Is there anything to say yes or no to? Where there is not, `negate` says nothing either. */
  readonly applies?: (context: ActionContext) => boolean;
}

/** What a hook before the row is written may do: all that a change may, and use the database. */
export interface HookContext extends Omit<ChangeContext, "before" | "after" | "afterCommit"> {
  /** Inside the transaction. */
  readonly repo: Repo;
}

/** Runs before the row is written. */
export type Hook = (context: HookContext) => void | Promise<void>;

/** What a hook is handed once the row is written. */
export interface RecordHookContext {
  readonly resource: ResourceDefinition;
  readonly action: { readonly kind: ActionKind; readonly name: string };
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly record: object;
  readonly repo: Repo;
}

/** Runs with the record as it was written. */
export type RecordHook = (context: RecordHookContext) => void | Promise<void>;
