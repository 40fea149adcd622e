import type { Snapshot } from "../snapshot.js";
import type { MigrationDatabase } from "./source.js";

/** Which of a migration's two functions a statement is for. */
export type Direction = "up" | "down";

/** What there is to know while one operation is rendered. */
export interface RenderContext {
  readonly database: MigrationDatabase;
  readonly direction: Direction;
  /** The schema as it is just before the operation. */
  readonly schema: Snapshot;
}
