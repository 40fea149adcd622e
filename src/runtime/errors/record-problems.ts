import type { Problem } from "../../support/problem.js";
import type { ResourceDefinition } from "../resource-definition.js";
import { describeRecord, nameResource, type RecordKey } from "./record-words.js";

/** Which record was meant, where the error is about one. */
export interface RecordReference {
  readonly resource: ResourceDefinition;
  /** Attributes and their values, those of the primary key or of an identity. */
  readonly key?: RecordKey;
}

export interface StaleReference extends RecordReference {
  readonly operation: "update" | "destroy";
}

export function describeNotFound({ resource, key }: RecordReference): Problem {
  const code = "record.not_found";
  return key === undefined
    ? {
        code,
        message: `The query found no ${nameResource(resource)}.`,
        hint: "Widen its filter, or use readOne(), which gives null.",
      }
    : {
        code,
        message: `There is no ${describeRecord(resource, key)}.`,
        hint: "Check the key; it may be that of another resource or of a record that is gone.",
      };
}

export function describeMultipleResults({ resource, key }: RecordReference): Problem {
  const meant = key === undefined ? nameResource(resource) : describeRecord(resource, key);
  return {
    code: "record.multiple_results",
    message: `The query found more than one ${meant}.`,
    hint: "Narrow its filter, take the first by sort(…).limit(1), or read them all: read().",
  };
}

export function describeStale({ resource, key, operation }: StaleReference): Problem {
  const done = operation === "update" ? "updated" : "destroyed";
  return {
    code: "record.stale",
    message: `The ${describeRecord(resource, key)} was not ${done}: it is gone, or was changed since it was read.`,
    hint: "Read it again and repeat what is still wanted.",
  };
}
