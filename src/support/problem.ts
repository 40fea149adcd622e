/** Where in a file a problem was met; lines and columns count from 1. */
export interface Location {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One thing that is wrong, as data: a stable dotted code, what happened with the offending value quoted,
 * and what to type or paste next.
 */
export interface Problem {
  /** Stable and dotted, such as `attribute.type.unknown`. */
  readonly code: string;
  /** One sentence: what was met, with its value in quotes. */
  readonly message: string;
  /** The next thing to type. */
  readonly hint?: string;
  /** Text to paste where a patch found no place to go. */
  readonly paste?: string;
  readonly location?: Location;
  /** The lines around `location`, with a marker under the column. */
  readonly frame?: string;
}

/** `usage`: the command was typed wrong (exit code 2). `failure`: it could not be carried out (exit code 1). */
export type ProblemKind = "usage" | "failure";

/** On every AshlarError, of whichever class and whichever copy of ashlar. */
const mark: unique symbol = Symbol.for("ashlar.error");

/**
 * What ashlar throws on purpose, itself or as one of its subclasses. It carries every problem that was found, not the
 * first alone.
 *
 * @example
 * throw new AshlarError("usage", [{ code: "name.reserved", message: `"class" is a reserved word.` }]);
 */
export class AshlarError extends Error {
  override readonly name: string = "AshlarError";
  readonly kind: ProblemKind;
  readonly problems: readonly Problem[];

  constructor(kind: ProblemKind, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(describeProblem).join("\n"), options);
    this.kind = kind;
    this.problems = problems;
  }

  get [mark](): true {
    return true;
  }

  /** The code of the first problem. */
  get code(): string {
    return this.problems[0]?.code ?? "unknown";
  }
}

/** The error for a command that was typed wrong; exit code 2. */
export function usageError(...problems: readonly Problem[]): AshlarError {
  return new AshlarError("usage", problems);
}

/** The error for a command that could not be carried out; exit code 1. */
export function failure(...problems: readonly Problem[]): AshlarError {
  return new AshlarError("failure", problems);
}

/**
 * Is this an AshlarError or one of its subclasses, from this copy of ashlar or another?
 *
 * @example
 * catch (error) { if (isAshlarError(error)) for (const { code, message } of error.problems) log(code, message); }
 */
export function isAshlarError(value: unknown): value is AshlarError {
  return value instanceof Error && mark in value;
}

function describeProblem({ message, hint }: Problem): string {
  return hint === undefined ? message : `${message} ${hint}`;
}
