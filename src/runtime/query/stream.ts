import { usageError } from "../../support/problem.js";
import type { Session } from "../session/session.js";
import { withKey } from "./build-select.js";
import type { QueryData } from "./query-data.js";
import type { StreamOptions } from "./query-types.js";
import { requireCount } from "./parse-query.js";
import { createRecords, requireLockable } from "./read.js";
import { isResumable, readBatch, type Position } from "./keyset.js";

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
  checkStream(query, batchSize);
  requireLockable(session, query);
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

function checkStream({ distinct, sort }: QueryData, batchSize: unknown): void {
  if (requireCount("batchSize", batchSize) === 0) {
    throw usageError({
      code: "query.batch_size.invalid",
      message: "A stream of batches of 0 records never ends.",
      hint: "Leave batchSize out, or give a number from 1 up.",
    });
  }
  if (distinct === undefined && isResumable(sort)) return;
  throw usageError({
    code: "query.stream.unsupported",
    message: "A distinct query, or one sorted by json, lists or bytes, cannot be streamed.",
    hint: "Read it by limit and offset, or stream toKnex().",
  });
}
