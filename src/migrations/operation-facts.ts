import {
  columnReady,
  columnReleased,
  enumLeft,
  enumReady,
  enumReleased,
  schemaReady,
  schemaReleased,
  wordReady,
  wordReleased,
} from "./facts.js";
import { parseTableKey } from "./table-key.js";
import { inSchema } from "./fact-parts.js";
import { columnFacts } from "./column-facts.js";
import { tableFacts } from "./table-facts.js";
import { constraintFacts } from "./constraint-facts.js";
import { visitOperation } from "./operation.js";
import type { Operation, OperationVisitor } from "./operation.js";

/** What an operation makes true and what it needs to be true first; see `order.ts` for how facts make an order. */
export interface OperationFacts {
  readonly provides: readonly string[];
  readonly requires: readonly string[];
}

export function factsOf(operation: Operation): OperationFacts {
  return visitOperation(operation, facts);
}

const facts: OperationVisitor<OperationFacts> = {
  createSchema: ({ schema }) => ({ provides: [schemaReady(schema)], requires: [] }),
  dropSchema: ({ schema }) => ({ provides: [], requires: [schemaReleased(schema)] }),
  createEnum: ({ type: { name } }) => ({
    provides: [enumReady(name), wordReady(name)],
    requires: inSchema(parseTableKey(name), schemaReady),
  }),
  dropEnum: ({ type: { name } }) => ({
    provides: inSchema(parseTableKey(name), schemaReleased),
    requires: [enumReleased(name), enumLeft(name), wordReleased(name)],
  }),
  addEnumValues: ({ before: { name } }) => ({ provides: [enumReady(name)], requires: [] }),
  replaceEnum: ({ before: { name }, uses }) => ({
    provides: [enumReady(name), ...uses.map(({ table, column }) => columnReady(table, column.name))],
    requires: [enumReleased(name), ...uses.map(({ table, column }) => columnReleased(table, column.name))],
  }),
  ...tableFacts,
  ...columnFacts,
  ...constraintFacts,
};
