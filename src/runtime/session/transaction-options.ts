/** How a transaction is run. */
export interface TransactionOptions {
  /** Only for the outermost transaction; SQLite is always serializable. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable";
  /** How many times to begin again after a serialization failure or a deadlock; 0 where nothing is said. */
  readonly retries?: number;
}
