import { failure } from "../../support/problem.js";
import { InvalidError } from "../errors/errors.js";
import type { Session } from "../session/session.js";
import { withKey } from "./build-select.js";
import { readCursor, writeCursor } from "./cursor.js";
import { isResumable, readBatch, reverseSort, type Position } from "./keyset.js";
import type { QueryData, SortKey } from "./query-data.js";
import type { Page, PageOptions } from "./query-types.js";
import { createRecords, requireLockable } from "./read.js";

const MAXIMUM_SIZE = 10_000;

/** Some of the records of a query, going on from a cursor in either direction. */
export async function readPage(
  session: Session,
  query: QueryData,
  options: PageOptions,
): Promise<Page<object>> {
  checkOptions(query, options);
  requireLockable(session, query);
  const sort = withKey(query);
  const isBackwards = isGiven(options.before);
  const wanted = { ...query, sort: isBackwards ? reverseSort(sort) : sort, limit: options.size + 1 };
  const { rows, positionOf } = await readBatch(session, wanted, findStart(query, sort, options));
  const kept = rows.slice(0, options.size);
  if (isBackwards) kept.reverse();
  const [first, last] = [kept[0], kept.at(-1)];
  return {
    records: await createRecords(session, query, kept),
    hasMore: rows.length > options.size,
    startCursor: first === undefined ? null : writeCursor(sort, positionOf(first)),
    endCursor: last === undefined ? null : writeCursor(sort, positionOf(last)),
  };
}

function findStart(
  { table }: QueryData,
  sort: readonly SortKey[],
  { after, before }: PageOptions,
): Position | undefined {
  const cursor = before ?? after ?? undefined;
  if (cursor === undefined) return undefined;
  return readCursor(table, sort, { cursor, name: isGiven(before) ? "before" : "after" });
}

function isGiven(cursor: unknown): boolean {
  return cursor !== undefined && cursor !== null;
}

function checkOptions({ limit, offset, distinct, sort }: QueryData, options: PageOptions): void {
  const { size, after, before } = options;
  if (!Number.isSafeInteger(size) || size < 1 || size > MAXIMUM_SIZE) {
    throw new InvalidError([
      {
        code: "page.size.invalid",
        message: `The size of a page is a whole number from 1 to ${String(MAXIMUM_SIZE)}.`,
        path: ["page", "size"],
      },
    ]);
  }
  if (isGiven(after) && isGiven(before)) {
    throw new InvalidError([
      {
        code: "page.cursor.both",
        message: "A page goes on after a cursor or before one, not both.",
        path: ["page", "before"],
      },
    ]);
  }
  if (limit !== undefined || offset !== undefined || distinct !== undefined) throw createPageError();
  if (!isResumable(sort)) throw createPageError();
}

function createPageError(): Error {
  return failure({
    code: "query.page.unsupported",
    message: "A page has no limit, offset or distinct of its own, and is not sorted by json, lists or bytes.",
    hint: "Leave them out, or read by limit and offset.",
  });
}
