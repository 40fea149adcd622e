import { diffSnapshots } from "../../migrations/diff.js";
import { buildMigrationFileName, findDefaultMigrationName } from "../../migrations/migration-name.js";
import { renderMigration } from "../../migrations/render.js";
import { reviewOperations } from "../../migrations/review.js";
import { serializeTable } from "../../migrations/serialize.js";
import type { GeneratorContext } from "../context.js";
import type { Notice } from "../plan.js";
import { findSnapshotPath } from "../snapshot-store.js";
import type { Staging } from "../staging.js";
import { renderTemplate } from "../template.js";
import type { TableChange } from "./describe-change.js";

interface MigrationRequest {
  readonly change: TableChange;
  /** The name that was asked for. */
  readonly name?: string;
  readonly isJoin: boolean;
}

/** Stages the migration that makes a change, and the snapshot after it; neither where nothing changes. */
export function stageMigration(
  staging: Staging,
  { change, name, isJoin }: MigrationRequest,
  context: GeneratorContext,
): readonly Notice[] {
  const { files, settings, now } = context;
  const { before, after, isTracked } = change;
  const schema = new Map(before ? [[before.name, before]] : []);
  const operations = diffSnapshots(schema, new Map([[after.name, after]]));
  if (operations.length > 0) {
    const database = settings.database === "sqlite" ? "sqlite" : "postgres";
    const text = renderMigration({
      ...{ operations, before: schema, database },
      renderTemplate: (path, locals) => renderTemplate(context, path, locals),
    });
    const file = buildMigrationFileName({
      name: name ?? findDefaultMigrationName(operations, { isJoin }),
      now,
      existing: files.list(settings.migrations).map((path) => path.split("/").at(-1) ?? path),
    });
    staging.create(`${settings.migrations}/${file}`, text);
  }
  const notices = reviewOperations(operations);
  if (!isTracked) return operations.length > 0 ? [tellUntracked(after.name), ...notices] : notices;
  const path = findSnapshotPath(settings.migrations, after.name);
  // A snapshot that says the same in another layout, such as that of a formatter, stays as it is.
  const kept = operations.length === 0 ? files.read(path) : undefined;
  staging.write(path, kept ?? serializeTable(after));
  return notices;
}

/** A snapshot made from what can be read of a resource would be wrong where that is not all. */
function tellUntracked(table: string): Notice {
  return {
    code: "snapshot.missing",
    severity: "notice",
    message: `No snapshot tells what the table "${table}" is: the migration holds what is added to it, and no snapshot is written.`,
  };
}
