import type { TypedAnswers } from "../generator/migrations/read-answers.js";
import type { FromDatabaseRequest } from "../generator/from-database-request.js";
import type { ResourceRequest } from "../generator/resource-request.js";
import type { SquashRequest } from "../generator/squash/plan-squash.js";

/** How a generating command shows and writes its plan. */
export interface GenerateOptions {
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly check: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

export interface NewCommand {
  readonly kind: "new";
  readonly folder: string;
  readonly example: boolean;
  readonly database?: string;
  readonly install: boolean;
  readonly options: GenerateOptions;
}

export interface InitCommand {
  readonly kind: "init";
  readonly options: GenerateOptions;
}

export interface GenDomainCommand {
  readonly kind: "gen domain";
  readonly name: string;
  readonly options: GenerateOptions;
}

export interface GenResourceCommand {
  readonly kind: "gen resource";
  readonly request: ResourceRequest;
  readonly options: GenerateOptions;
}

/** How migrations are run, in either direction; times in milliseconds. */
export interface RunControls {
  readonly lockTimeout?: number;
  readonly maximumWait?: number;
  readonly json?: boolean;
}

export interface GenResourcesCommand {
  readonly kind: "gen resources";
  readonly request: FromDatabaseRequest;
  readonly options: GenerateOptions;
}

export interface GenMigrationsCommand {
  readonly kind: "gen migrations";
  readonly name?: string;
  /** A migration for now, folded into the next one. */
  readonly dev: boolean;
  /** Print the statements of each direction? */
  readonly sql: boolean;
  readonly proof: boolean;
  readonly lockSafe: boolean;
  readonly answers: TypedAnswers;
  /** Keys of tables that are others than those which migrations by hand made. */
  readonly newTables: readonly string[];
  readonly options: GenerateOptions;
}

export interface MigrateCommand extends RunControls {
  readonly kind: "migrate";
  /** Name of the last migration to run. */
  readonly to?: string;
  /** How many to run. */
  readonly step?: number;
  readonly acceptEdited?: boolean;
  readonly allowLate?: boolean;
  readonly allowMissing?: boolean;
}

export interface RollbackCommand extends RunControls {
  readonly kind: "rollback";
  /** Name of the migration to stay at: what came after it is undone. */
  readonly to?: string;
  readonly step?: number;
  readonly all: boolean;
}

export interface StatusCommand {
  readonly kind: "status";
  readonly check?: boolean;
  readonly json?: boolean;
}

export interface CheckCommand {
  readonly kind: "check";
  /** Look at the live database too. */
  readonly database: boolean;
  /** Run every migration too. */
  readonly prove: boolean;
  readonly json: boolean;
}

export interface SquashCommand {
  readonly kind: "squash";
  readonly request: SquashRequest;
  /** Try it on a scratch database first. */
  readonly proof: boolean;
  readonly options: GenerateOptions;
}

export interface UndoCommand {
  readonly kind: "undo migration";
  /** Which, or the start of its name; by default the last that was generated. */
  readonly name?: string;
  /** Roll the migration back where it has run. */
  readonly rollback: boolean;
  /** Although it was edited, or nobody can say whether it has run. */
  readonly force: boolean;
  readonly options: GenerateOptions;
}

/** How a command that makes or drops a whole database goes about it. */
export interface DevelopOptions {
  /** Without asking. */
  readonly yes: boolean;
  /** Without asking, and whatever the database looks like. */
  readonly force: boolean;
  readonly json: boolean;
}

export interface SetupCommand {
  readonly kind: "setup";
  readonly options: Omit<DevelopOptions, "yes">;
}

export interface DropCommand {
  readonly kind: "drop";
  readonly options: DevelopOptions;
}

export interface ResetCommand {
  readonly kind: "reset";
  readonly options: DevelopOptions;
}

/** Help or the version: text to print, nothing to do. */
export interface TextCommand {
  readonly kind: "text";
  readonly text: string;
}

/** What the user asked for, as data: the outcome of reading the command line. */
export type Command =
  | NewCommand
  | InitCommand
  | GenDomainCommand
  | GenResourceCommand
  | GenMigrationsCommand
  | GenResourcesCommand
  | MigrateCommand
  | RollbackCommand
  | StatusCommand
  | CheckCommand
  | UndoCommand
  | SquashCommand
  | SetupCommand
  | DropCommand
  | ResetCommand
  | TextCommand;

export type CommandKind = Command["kind"];
export type CommandOf<Kind extends CommandKind> = Extract<Command, { readonly kind: Kind }>;
