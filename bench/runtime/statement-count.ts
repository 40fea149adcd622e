import pg from "pg";

let count = 0;

/** Counts from now on what any library sends through `pg`, by whichever of its clients. */
export function countStatements(): void {
  pg.Client.prototype.query = new Proxy(pg.Client.prototype.query, {
    apply(send, client, args) {
      count += 1;
      return Reflect.apply(send, client, args);
    },
  });
}

/** How many were sent since the last time. */
export function takeStatementCount(): number {
  const taken = count;
  count = 0;
  return taken;
}
