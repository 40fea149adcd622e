import { failure } from "../../support/problem.js";
import type { Session } from "../session/session.js";
import { withKey } from "./build-select.js";
import type { QueryData } from "./query-data.js";
import type { StreamOptions } from "./query-types.js";
import { createRecords } from "./read.js";
import { readBatch, type Position } from "./keyset.js";

const DEFAULT_BATCH = 1000;

/**
 * The records of a query one after the other. They are fetched in batches, each going on behind the last one by the sort
 * and the primary key, so that no connection is held between them and memory stays what one batch takes.
 */
export async function* streamRecords(
  session: Session,
  query: QueryData,
  { batchSize = DEFAULT_BATCH }: StreamOptions,
): AsyncIterable<object> {
  if (query.distinct !== undefined) throw createDistinctError();
  const sorted = { ...query, sort: withKey(query) };
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let position: Position | undefined;
  while (left > 0) {
    const limit = Math.min(batchSize, left);
    const offset = position === undefined ? (query.offset ?? 0) : 0;
    const { rows, positionOf } = await readBatch(session, { ...sorted, limit, offset }, position);
    yield* await createRecords(session, query, rows);
    left -= rows.length;
    const last = rows.at(-1);
    if (rows.length < limit || last === undefined) return;
    position = positionOf(last);
  }
}

function createDistinctError(): Error {
  return failure({
    code: "query.stream.distinct",
    message: "A distinct query cannot be streamed.",
    hint: "Read it in pages by limit and offset, or stream toKnex().",
  });
}
