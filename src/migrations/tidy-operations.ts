import { applyOperations } from "./apply.js";
import { findSchemas } from "./diff-schemas.js";
import { findEnums } from "./enum-types.js";
import type { Operation } from "./operation.js";
import type { Snapshot } from "./snapshot.js";

/**
 * The operations after others were taken from among them, with the schemas and enum types that are still needed: those
 * that nothing would use are not made, and those that lost their last use go, since no snapshot would hold them.
 */
export function tidyOperations(before: Snapshot, operations: readonly Operation[]): readonly Operation[] {
  const result = applyOperations(before, operations);
  const schemas = new Set(findSchemas(result));
  const enums = findEnums(result);
  const used = operations.filter(
    (operation) =>
      !(operation.kind === "createSchema" && !schemas.has(operation.schema)) &&
      !(operation.kind === "createEnum" && !enums.has(operation.type.name)),
  );
  const droppedEnums = used.flatMap((operation) =>
    operation.kind === "dropEnum" ? [operation.type.name] : [],
  );
  const droppedSchemas = used.flatMap((operation) =>
    operation.kind === "dropSchema" ? [operation.schema] : [],
  );
  const lostEnums = [...findEnums(before).values()].filter(
    ({ name }) => !enums.has(name) && !droppedEnums.includes(name),
  );
  const lostSchemas = findSchemas(before).filter(
    (schema) => !schemas.has(schema) && !droppedSchemas.includes(schema),
  );
  return [
    ...used.filter((operation) => !changesOneOf(operation, lostEnums)),
    ...lostEnums.map((type): Operation => ({ kind: "dropEnum", type })),
    ...lostSchemas.map((schema): Operation => ({ kind: "dropSchema", schema })),
  ];
}

/** A type that goes need not change first. */
function changesOneOf(operation: Operation, enums: readonly { readonly name: string }[]): boolean {
  return (
    (operation.kind === "addEnumValues" || operation.kind === "replaceEnum") &&
    enums.some(({ name }) => name === operation.before.name)
  );
}
