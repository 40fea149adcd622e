/**
 * Tables whose resources were there before anybody compared the two: a project brings its resources, and migrations that
 * ashlar did not write. Their snapshots say what the database has, so that migrations go on from there; the resources stay
 * as they are.
 */
import type { MigrationDatabase } from "../../migrations/render/source.js";
import { isNamedIn } from "../../migrations/sql-words.js";
import { spellAsDeclared } from "../../migrations/spell-as-declared.js";
import type { Snapshot, TableSnapshot } from "../../migrations/snapshot.js";
import type { GeneratorContext } from "../context.js";
import { findMigrationDatabase } from "../migrations/stage-files.js";
import type { Notice } from "../plan.js";
import { indexProject } from "../project-index.js";
import { findSnapshotPath } from "../snapshot-store.js";
import type { ExistingSchema } from "./existing-schema.js";
import { findKnownResources } from "./find-known.js";
import { tellPart } from "./tell-schema.js";

/** What the resources of the project say. */
export interface DeclaredTables {
  readonly declared: Snapshot;
  /** The same with its texts of SQL as the database writes them. */
  readonly built: Snapshot;
  /** Why that could not be found out, a sentence; then `built` is what they say. */
  readonly obstacle?: string;
}

export const nothingDeclared: DeclaredTables = { declared: new Map(), built: new Map() };

type ProjectFiles = Pick<GeneratorContext, "files" | "settings">;

/**
 * The keys of the tables that have a resource and no snapshot. To adopt them it takes what their resources say, which
 * their sources alone do not tell.
 */
export function listUntold(
  { snapshot }: ExistingSchema,
  { files, settings }: ProjectFiles,
): readonly string[] {
  const known = findKnownResources(indexProject(files, settings));
  return [...snapshot.keys()].filter((key) => known.has(key) && !hasSnapshot(key, { files, settings }));
}

function hasSnapshot(key: string, { files, settings }: ProjectFiles): boolean {
  return files.read(findSnapshotPath(settings.migrations, key)) !== undefined;
}

export interface AdoptedTables {
  readonly snapshot: Snapshot;
  readonly notices: readonly Notice[];
}

/** The snapshots of those of some tables that are to have one; resources that are not managed have none. */
export function adoptTables(
  keys: readonly string[],
  { schema, said }: { readonly schema: ExistingSchema; readonly said: DeclaredTables },
  context: ProjectFiles,
): AdoptedTables {
  const untold = keys.filter((key) => !hasSnapshot(key, context));
  const database = findMigrationDatabase(context);
  const adopted = untold.flatMap((key) => adoptTable(key, { schema, said, database }));
  return {
    snapshot: new Map(adopted),
    notices: [
      ...adopted.flatMap(([key, table]) => tellUnsaid(key, table, schema)),
      ...(adopted.length > 0 && said.obstacle !== undefined ? [tellObstacle(said.obstacle)] : []),
    ],
  };
}

interface Adoption {
  readonly schema: ExistingSchema;
  readonly said: DeclaredTables;
  readonly database: MigrationDatabase;
}

function adoptTable(
  key: string,
  { schema, said, database }: Adoption,
): readonly (readonly [string, TableSnapshot])[] {
  const [live, declared] = [schema.snapshot.get(key), said.declared.get(key)];
  if (live === undefined || declared === undefined) return [];
  const parts = schema.parts.filter(({ table }) => table === key).map(({ name }) => name);
  const built = said.built.get(key) ?? declared;
  return [[key, spellAsDeclared({ table: key, live, declared, built, database, parts })]];
}

/** Triggers and the like that the resource does not say stay in the database. */
function tellUnsaid(
  key: string,
  { statements = [] }: TableSnapshot,
  { parts }: ExistingSchema,
): readonly Notice[] {
  const own = parts.filter(({ table, down }) => table === key && down !== undefined);
  return own.filter(({ name }) => !statements.some(({ up }) => isNamedIn(up, name))).map(tellPart);
}

function tellObstacle(obstacle: string): Notice {
  return {
    code: "snapshot.texts",
    severity: "notice",
    message: `Conditions and defaults in SQL are compared with the database as they are written. ${obstacle}`,
    hint: "Where gen migrations finds a change in one that says the same, take the words of the snapshot into the resource.",
  };
}
