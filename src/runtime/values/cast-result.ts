/** What is wrong with a value. */
export interface ValueProblem {
  readonly code: string;
  /** One sentence; it never quotes the value of a sensitive attribute. */
  readonly message: string;
  readonly hint?: string;
  /** Where in an array or json; [] for the value itself. */
  readonly path: readonly (string | number)[];
}

export type CastResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: ValueProblem };
