import { hashMigration } from "../../migrations/file-hash.js";
import { buildMigrationFileName, findDefaultMigrationName } from "../../migrations/migration-name.js";
import type { Operation } from "../../migrations/operation.js";
import type { PlannedMigration } from "../../migrations/plan-migration.js";
import { renderMigrations, type RenderedMigration, type RenderTemplate } from "../../migrations/render.js";
import { serializeTable } from "../../migrations/serialize.js";
import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { GeneratorContext } from "../context.js";
import { findHistoryPath, hashTable, serializeHistory, type MigrationHistory } from "../history-store.js";
import { dropExtension } from "../paths.js";
import { findSnapshotPath } from "../snapshot-store.js";
import { developmentName } from "./development.js";
import { hasLastingAnswers, readAnswersFrom } from "./kept-answers.js";
import type { Staging } from "../staging.js";
import { renderTemplate } from "../template.js";

/** A migration that is decided, and what its files are made of. */
export interface MigrationSpec {
  readonly planned: Pick<PlannedMigration, "operations" | "withheld" | "after">;
  readonly before: Snapshot;
  /** The name that was asked for; by default it comes from the operations. */
  readonly name?: string;
  /** Is a table that it makes a join resource's? Where nobody says, its key tells. */
  readonly isJoin?: boolean;
  /** Avoid what would keep others from the tables for long? */
  readonly lockSafe: boolean;
  /** False where no snapshot told what the table was: then none is written, and no history. */
  readonly isTracked: boolean;
  /** The schema in the snapshot files, where that is not the one before. */
  readonly stored?: Snapshot;
  /** Names of migration files that the plan takes away. */
  readonly replaced?: readonly string[];
  /** Fills the templates of files; by default with the project's own or the shipped ones. */
  readonly renderTemplate?: RenderTemplate;
}

/** One migration file of a plan, before the project's formatter has seen it. */
export interface StagedMigration {
  /** The file's name. */
  readonly name: string;
  readonly path: string;
  readonly operations: readonly Operation[];
}

/**
 * Stages all that a migration is: its files, the snapshots after it and its history. Both ways to a migration end here,
 * so that a resource's own and one of the whole project are the same to the byte. Nothing where there is nothing to do.
 */
export function stageMigrationFiles(
  staging: Staging,
  spec: MigrationSpec,
  context: GeneratorContext,
): readonly StagedMigration[] {
  const files = spec.planned.operations.length === 0 ? [] : stageMigrationTexts(staging, spec, context);
  if (spec.isTracked) {
    stageSnapshots(staging, spec, context);
    stageHistory(staging, files, spec, context);
  }
  return files;
}

function stageMigrationTexts(
  staging: Staging,
  spec: MigrationSpec,
  context: GeneratorContext,
): readonly StagedMigration[] {
  const rendered = renderMigrations({
    ...{ operations: spec.planned.operations, withheld: spec.planned.withheld, before: spec.before },
    ...{ database: findMigrationDatabase(context), lockSafe: spec.lockSafe },
    renderTemplate: spec.renderTemplate ?? ((path, locals) => renderTemplate(context, path, locals)),
  });
  const files = nameFiles(rendered, spec, context);
  files.forEach(({ path }, index) => staging.create(path, rendered[index]?.text ?? ""));
  return files;
}

export function findMigrationDatabase({ settings }: Pick<GeneratorContext, "settings">) {
  return settings.database === "sqlite" ? "sqlite" : "postgres";
}

function nameFiles(
  rendered: readonly RenderedMigration[],
  { name: asked, planned, isJoin = makesJoinTable(planned), replaced = [] }: MigrationSpec,
  { files, settings, now }: GeneratorContext,
): readonly StagedMigration[] {
  const wanted = asked ?? findDefaultMigrationName(planned.operations, { isJoin });
  const existing = files
    .list(settings.migrations)
    .filter((path) => !path.startsWith(`${settings.migrations}/snapshot/`))
    .map((path) => path.split("/").at(-1) ?? path)
    .filter((each) => !replaced.includes(each));
  const staged: StagedMigration[] = [];
  for (const { suffix, operations } of rendered) {
    const name = buildMigrationFileName({
      name: suffix === "" ? wanted : `${wanted}_${suffix}`,
      now,
      existing: [...existing, ...staged.map((each) => each.name)],
    });
    staged.push({ name, path: `${settings.migrations}/${name}`, operations });
  }
  return staged;
}

/** Is the one table that it makes a join resource's? Its key is made of references to two tables or more. */
function makesJoinTable({ operations }: MigrationSpec["planned"]): boolean {
  const created = operations.flatMap((operation) =>
    operation.kind === "createTable" ? [operation.table] : [],
  );
  const [table, ...others] = created;
  return table !== undefined && others.length === 0 && isJoinTable(table, operations);
}

function isJoinTable({ primaryKey, foreignKeys }: TableSnapshot, operations: readonly Operation[]): boolean {
  const later = operations.flatMap((each) => (each.kind === "addForeignKey" ? [each.foreignKey] : []));
  const referring = [...foreignKeys, ...later].flatMap(({ columns }) =>
    columns.length === 1 ? columns : [],
  );
  const key = primaryKey?.columns ?? [];
  return key.length > 1 && key.every((column) => referring.includes(column));
}

/** Only the files of tables that change, so that one changed resource costs one. */
function stageSnapshots(
  staging: Staging,
  { planned, before, stored = before }: MigrationSpec,
  { settings }: GeneratorContext,
): void {
  if (planned.operations.length === 0 && stored === before) return;
  for (const key of findChangedTables(stored, planned.after)) {
    const path = findSnapshotPath(settings.migrations, key);
    const table = planned.after.get(key);
    if (table === undefined) staging.remove(path);
    else staging.write(path, serializeTable(table));
  }
}

/** The keys of the tables that two schemas do not have alike, in order. */
function findChangedTables(before: Snapshot, after: Snapshot): readonly string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.filter((key) => {
    const [one, other] = [before.get(key), after.get(key)];
    if (one === undefined || other === undefined) return one !== other;
    return serializeTable(one) !== serializeTable(other);
  });
}

/** One history for all files that a generation writes, under the name of the first. */
function stageHistory(
  staging: Staging,
  files: readonly StagedMigration[],
  { planned, before, name }: MigrationSpec,
  { settings }: GeneratorContext,
): void {
  const [first] = files;
  if (first === undefined) return;
  const migration = dropExtension(first.name);
  const steps = recordSteps({ ...planned, before, isForNow: name === developmentName });
  staging.derive(findHistoryPath(settings.migrations, migration), (texts) =>
    serializeHistory({
      ...{ migration, ...steps },
      files: new Map(files.map(({ name, path }) => [name, hashMigration(name, texts.get(path) ?? "")])),
    }),
  );
}

export interface RecordedSteps {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly operations: readonly Operation[];
  /** Do they stand in a development migration? What takes its place asks again for what may be lost. */
  readonly isForNow?: boolean;
}

/** What a history says of the steps between two schemas. */
export function recordSteps({
  before,
  after,
  operations,
  isForNow = false,
}: RecordedSteps): Pick<MigrationHistory, "before" | "after" | "renames" | "answers"> {
  const keys = findChangedTables(before, after);
  const answers = readAnswersFrom(operations);
  const renames = new Map(answers.renames.tables.map(({ from, to }) => [from, to]));
  return {
    before: new Map(keys.map((key) => [key, before.get(key) ?? null])),
    after: new Map(keys.map((key) => [key, hashOf(after.get(key))])),
    ...(renames.size > 0 && { renames }),
    ...(isForNow && { answers }),
    ...(!isForNow && hasLastingAnswers(answers) && { answers: { ...answers, allowed: [] } }),
  };
}

function hashOf(table: TableSnapshot | undefined): string | null {
  return table === undefined ? null : hashTable(table);
}
