import { failure } from "../../support/problem.js";
import { InvalidError } from "../errors/errors.js";
import type { Session } from "../session/session.js";
import { withKey } from "./build-select.js";
import { readCursor, writeCursor } from "./cursor.js";
import { readBatch, reverseSort, type Position } from "./keyset.js";
import type { QueryData, SortKey } from "./query-data.js";
import type { Page, PageOptions } from "./query-types.js";
import { createRecords } from "./read.js";

const MAXIMUM_SIZE = 10_000;

/** Some of the records of a query, going on from a cursor in either direction. */
export async function readPage(
  session: Session,
  query: QueryData,
  options: PageOptions,
): Promise<Page<object>> {
  checkOptions(query, options);
  const sort = withKey(query);
  const isBackwards = typeof options.before === "string";
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
  return readCursor(table, sort, { cursor, name: typeof before === "string" ? "before" : "after" });
}

function checkOptions(
  { limit, offset, distinct, sort }: QueryData,
  { size, after, before }: PageOptions,
): void {
  if (!Number.isSafeInteger(size) || size < 1 || size > MAXIMUM_SIZE) {
    throw new InvalidError([
      {
        code: "page.size.invalid",
        message: `The size of a page is a whole number from 1 to ${String(MAXIMUM_SIZE)}.`,
        path: ["page", "size"],
      },
    ]);
  }
  if (typeof after === "string" && typeof before === "string") {
    throw new InvalidError([
      {
        code: "page.cursor.both",
        message: "A page goes on after a cursor or before one, not both.",
        path: ["page", "before"],
      },
    ]);
  }
  if (limit !== undefined || offset !== undefined || distinct !== undefined) throw createPageError();
  if (sort.some(({ column }) => ["json", "array", "binary"].includes(column.attribute.type.kind))) {
    throw createPageError();
  }
}

function createPageError(): Error {
  return failure({
    code: "query.page.unsupported",
    message: "A page has no limit, offset or distinct of its own, and is not sorted by json, lists or bytes.",
    hint: "Leave them out, or read by limit and offset.",
  });
}
