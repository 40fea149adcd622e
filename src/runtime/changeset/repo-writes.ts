import { mapTable, type TableMap } from "../mapping/table-map.js";
import type { AnyResource } from "../resource.js";
import type { Session } from "../session/session.js";
import { ChangesetStart } from "./changeset.js";
import { createMany } from "./create-many.js";
import type { AnyRecord } from "./draft.js";
import { executeCreates, upsert, type UpsertChoice } from "./execute-creates.js";
import { executeDestroys } from "./execute-destroys.js";
import { executeUpdates } from "./execute-updates.js";
import type { WriteContext } from "./write-context.js";

const writer = { create: executeCreates, update: executeUpdates, destroy: executeDestroys };

/** The part of a repo that writes. */
export function createWrites(session: Session, handOver: WriteContext["handOver"]) {
  const context: WriteContext = { session, handOver, writer };
  const tableOf = ({ definition }: AnyResource): TableMap => mapTable(definition, session.database);
  // A record is an object of its attributes by their names.
  const start = (resource: AnyResource, record?: object): ChangesetStart =>
    new ChangesetStart(context, tableOf(resource), record as AnyRecord | undefined);
  return {
    changeset: start,
    create: async (resource: AnyResource, ...given: readonly unknown[]) =>
      start(resource)
        .forCreate(...given)
        .create(),
    update: async (resource: AnyResource, record: object, ...given: readonly unknown[]) =>
      start(resource, record)
        .forUpdate(...given)
        .update(),
    destroy: async (resource: AnyResource, record: object, ...given: readonly unknown[]) =>
      start(resource, record)
        .forDestroy(...given)
        .destroy(),
    createMany: async (resource: AnyResource, inputs: readonly unknown[], options: object = {}) =>
      createMany(context, tableOf(resource), { inputs, ...options }),
    upsert: async (resource: AnyResource, input: unknown, options: UpsertChoice) =>
      upsert(context, tableOf(resource), input, options),
  };
}
