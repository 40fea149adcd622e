import type { Knex } from "knex";
import type { Repo } from "../repo-types.js";
import type { Session } from "../session/session.js";
import type { AnyRecord, Draft } from "./draft.js";

/** What carrying out changesets needs: where statements go, the repo that hooks are handed, and the way to write. */
export interface WriteContext {
  readonly session: Session;
  /** The repo as it is at this moment, inside the transaction that is open, or on another base. */
  readonly handOver: (base?: Knex) => Repo;
  readonly writer: Writer;
}

/** Carries out changesets. Handed along, since managing relationships carries out changesets of its own. */
export interface Writer {
  readonly create: Write;
  readonly update: Write;
  readonly destroy: Write;
}

type Write = (context: WriteContext, drafts: readonly Draft[]) => Promise<AnyRecord[]>;
