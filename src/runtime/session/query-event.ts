/** A statement that was sent. Its values are not told: they may be secrets. */
export interface QueryEvent {
  readonly sql: string;
  /** From being sent to being answered. */
  readonly milliseconds: number;
  /** How many rows it gave or changed; undefined where it failed. */
  readonly rows: number | undefined;
  readonly error?: unknown;
}

/** Told of every statement once it is answered; what it throws becomes a warning of the process and harms no statement. */
export type QueryListener = (event: QueryEvent) => void;
