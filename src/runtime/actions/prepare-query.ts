import { usageError } from "../../support/problem.js";
import { fillArguments } from "../changeset/fill-arguments.js";
import { readInput } from "../changeset/read-input.js";
import { InvalidError } from "../errors/errors.js";
import type { TableMap } from "../mapping/table-map.js";
import type { ActionDefinition } from "./action-definition.js";
import type { PreparedQuery } from "./read-action.js";

/**
 * A query as a read action begins it.
 *
 * @throws InvalidError with every issue of the input
 */
export function prepareQuery<Built extends object>(
  query: Built,
  table: TableMap,
  { action, input }: { readonly action: ActionDefinition | undefined; readonly input?: unknown },
): Built {
  if (action === undefined) return query;
  const read = readInput(table, action, input);
  fillArguments({ table, action, arguments: read.arguments, issues: read.issues }, new Date());
  if (read.issues.length > 0) throw new InvalidError(read.issues);
  const { prepare } = action.options;
  if (prepare === undefined) return query;
  const given = Object.fromEntries(action.arguments.map(({ name }) => [name, read.arguments[name] ?? null]));
  // A preparation sees a query of any resource, and arguments of its own action: both are known here by name alone.
  const prepared: unknown = prepare(query as unknown as PreparedQuery, given as never);
  if (isSameKind(query, prepared)) return prepared;
  throw usageError({
    code: "action.prepare.invalid",
    message: `The preparation of "${action.name}" of ${table.definition.name} does not give back the query that it was handed.`,
    hint: "Write prepare: (query) => query.filter(…); with braces it needs a return.",
  });
}

function isSameKind<Built extends object>(query: Built, prepared: unknown): prepared is Built {
  return (
    typeof prepared === "object" &&
    prepared !== null &&
    Object.getPrototypeOf(prepared) === Object.getPrototypeOf(query)
  );
}
