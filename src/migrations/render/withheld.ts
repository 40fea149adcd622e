import type { Operation } from "../operation.js";
import type { Snapshot } from "../snapshot.js";
import { renderOperation } from "./operation.js";
import { findTable } from "../operation-subject.js";
import { type MigrationDatabase, restoreLineEnds } from "./source.js";
import { isRebuilding } from "./rebuild.js";
import { type Step, joinSteps, source } from "./step.js";

/** A step that would destroy something and was not allowed, and what goes with it. */
export interface Withheld {
  readonly operation: Operation;
  /** What would be lost, or what the step waits for, in a sentence. */
  readonly reason: string;
  /** What to type to have it. */
  readonly hint: string;
}

export interface WithheldContext {
  readonly database: MigrationDatabase;
  readonly schema: Snapshot;
}

/** The withheld step as a comment: why it is not taken, what to type to have it, and what would be written. */
export function renderWithheld(withheld: Withheld, { database, schema }: WithheldContext): Step {
  const { operation, reason, hint } = withheld;
  const isWritten = database === "postgres" || !isRebuilding(operation);
  const statements = isWritten
    ? joinSteps(renderOperation(operation, { database, schema, direction: "up" }))
    : [];
  return source([`Withheld: ${reason}`, hint, ...statements].map(comment).join("\n"));
}

/** Whatever JavaScript takes for the end of a line: a comment must not end inside the SQL that it holds. */
const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

function comment(text: string): string {
  const lines = restoreLineEnds(text).split(lineEnd);
  return lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}

export interface PlacedWithheld {
  readonly after: ReadonlyMap<Operation, readonly Withheld[]>;
  readonly rest: readonly Withheld[];
}

/** The withheld steps by the last operation on the same table; the others stand alone, at the end. */
export function placeWithheld(
  withheld: readonly Withheld[],
  operations: readonly Operation[],
): PlacedWithheld {
  const after = new Map<Operation, readonly Withheld[]>();
  const rest: Withheld[] = [];
  for (const item of withheld) {
    const table = findTable(item.operation);
    const place = operations.findLast((operation) => table !== undefined && findTable(operation) === table);
    if (place) after.set(place, [...(after.get(place) ?? []), item]);
    else rest.push(item);
  }
  return { after, rest };
}
