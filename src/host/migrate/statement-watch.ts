import type { Knex } from "knex";

/** Watches what a migration sends that opens its transactions itself. */
export interface StatementWatch {
  during(work: () => Promise<void>): Promise<void>;
  /** Was all that was sent in transactions, and none of them committed? Then nothing stays of what failed. */
  isAllUndone(): boolean;
}

interface SentQuery {
  readonly sql: string;
  /** Set by Knex for what is sent in a transaction. */
  readonly __knexTxId?: string;
}

/** What changes nothing, wherever it is sent. */
const harmless = /^\s*(?:select|pragma)\b/i;
const commit = /^\s*commit\b/i;

export function createStatementWatch(knex: Knex): StatementWatch {
  let undone = 0;
  let kept = 0;
  const onQuery = ({ sql, __knexTxId: transaction }: SentQuery): void => {
    if (transaction !== undefined && !commit.test(sql)) undone += 1;
    else if (!harmless.test(sql)) kept += 1;
  };
  return {
    isAllUndone: () => undone > 0 && kept === 0,
    async during(work) {
      knex.on("query", onQuery);
      try {
        await work();
      } finally {
        knex.off("query", onQuery);
      }
    },
  };
}
