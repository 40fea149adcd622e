import type { Knex } from "knex";
import type { LoosePart, ReadSchemaOptions } from "../live-schema.js";
import { buildCatalogueQuery } from "./catalogue-query.js";

/** A table, or what is read like one. Ids are PostgreSQL's own object ids, as texts. */
export interface RelationRow {
  readonly id: string;
  readonly schema: string;
  /** Is it the connection's own schema? */
  readonly own: boolean;
  readonly name: string;
  /** `r` table, `p` partitioned table, `v` view, `m` materialized view, `f` foreign table. */
  readonly kind: string;
  readonly partition: boolean;
  /** The tables that it inherits from, or is a partition of. */
  readonly parents: readonly string[] | null;
  readonly secured: boolean;
  readonly unlogged: boolean;
  readonly comment: string | null;
}

export interface ColumnRow {
  readonly table: string;
  readonly number: number;
  readonly name: string;
  readonly nullable: boolean;
  readonly type: string;
  readonly modifier: number;
  readonly written: string;
  readonly dimensions: number;
  readonly collation: string | null;
  readonly default: string | null;
  /** `a` always, `d` by default, or empty. */
  readonly identity: string;
  /** `s` stored, `v` virtual, or empty. */
  readonly generated: string;
  /** The name of the sequence that belongs to the column. */
  readonly sequence: string | null;
  /** How that counts, where it does so in a way of its own, such as `increment by 5`. */
  readonly counting: string | null;
  readonly comment: string | null;
}

export interface TypeRow {
  readonly id: string;
  readonly schema: string;
  readonly own: boolean;
  readonly name: string;
  /** `b` base, `e` enum, `d` domain, `c` composite, `r` range. */
  readonly kind: string;
  /** The type of the items of an array. */
  readonly element: string | null;
  /** The type under a domain. */
  readonly base: string | null;
  readonly modifier: number;
  readonly dimensions: number;
  readonly words: readonly string[] | null;
}

export interface IndexKeyRow {
  readonly column: string | null;
  readonly text: string;
  readonly collation: string | null;
  readonly opclass: string | null;
  /** Bit 1: descending; bit 2: nulls first. */
  readonly order: number;
}

export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly valid: boolean;
  readonly equal: boolean;
  readonly method: string;
  readonly where: string | null;
  /** How many of the keys order it; the rest are only held. */
  readonly ordered: number;
  readonly keys: readonly IndexKeyRow[];
  /** `p`, `u` or `x` where it serves a constraint. */
  readonly constraint: string | null;
  readonly deferrable: boolean;
  readonly definition: string;
}

export interface ConstraintRow {
  readonly table: string;
  readonly name: string;
  /** `c` check, `f` foreign key, `x` exclusion. */
  readonly kind: string;
  readonly columns: readonly string[] | null;
  readonly destination: string | null;
  readonly referenced: readonly string[] | null;
  readonly expression: string | null;
  readonly ondelete: string;
  /** The columns that a deletion makes null, where that was said. */
  readonly setnull: readonly string[] | null;
  readonly onupdate: string;
  /** Has it a `match full`, or sets only some of its columns to null? */
  readonly special: boolean;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly valid: boolean;
  readonly definition: string;
}

/** A trigger or a rule. */
export interface AttachedRow {
  readonly table: string;
  readonly kind: "trigger" | "rule";
  readonly name: string;
  readonly definition: string;
}

export interface Catalogue {
  readonly relations: readonly RelationRow[];
  readonly columns: readonly ColumnRow[];
  readonly types: readonly TypeRow[];
  readonly indexes: readonly IndexRow[];
  readonly constraints: readonly ConstraintRow[];
  readonly attached: readonly AttachedRow[];
  /** SQL of extensions, domains, functions, sequences and types, in working order. */
  readonly prerequisites?: readonly string[];
  readonly loose?: readonly LoosePart[];
}

/**
 * What PostgreSQL's catalogue says of all the tables, by one query. It comes as one text, so that whatever the project's
 * Knex does to the names of columns, nothing of it is touched.
 */
export async function readCatalogue(knex: Knex, { tablesOnly }: ReadSchemaOptions): Promise<Catalogue> {
  const query = buildCatalogueQuery({ tablesOnly: tablesOnly === true });
  const { rows } = await knex.raw<{ rows: readonly { data: string }[] }>(query);
  return JSON.parse(rows[0]?.data ?? "{}");
}
