/** What the runtime tells apart; PGlite is PostgreSQL. */
export type DatabaseKind = "postgres" | "sqlite";
