import { applyOperations } from "./apply.js";
import type { Operation } from "./operation.js";
import type { Snapshot } from "./snapshot.js";
import type { Place } from "./render/lock-safe/item.js";
import { placeOperations } from "./render/lock-safe/place.js";
import { isRebuilding } from "./render/rebuild.js";
import { type MigrationDatabase, indent, restoreLineEnds } from "./render/source.js";
import { type Body, renderStatements } from "./render/statements.js";
import { type Task, invertTasks, listOperations } from "./render/task.js";
import { type Step, joinSteps } from "./render/step.js";
import { refuseVirtual } from "./render/refuse-virtual.js";
import { assertSqliteHas } from "./render/unsupported.js";
import { type PlacedWithheld, type Withheld, placeWithheld, renderWithheld } from "./render/withheld.js";

/** What a migration's template is given: the bodies of its two functions. */
export interface MigrationLocals {
  readonly up: string;
  readonly down: string;
}

/** Fills a template, named by its path below the `templates` folder. */
export type RenderTemplate = (path: string, locals: MigrationLocals) => string;

export interface MigrationRequest {
  /** In the order of the way up, as `diffSnapshots` gives them. */
  readonly operations: readonly Operation[];
  /** The schema that the operations start from. */
  readonly before: Snapshot;
  readonly database: MigrationDatabase;
  readonly renderTemplate: RenderTemplate;
}

export interface MigrationsRequest extends MigrationRequest {
  /** Steps that were not allowed, to stand as comments. */
  readonly withheld: readonly Withheld[];
  /** On PostgreSQL, should nothing lock a table that others use for longer than a moment? */
  readonly lockSafe: boolean;
}

/** One file of a migration, in the order in which they run. */
export interface RenderedMigration {
  /** What to add to the migration's name: empty for the one that the name is for. */
  readonly suffix: string;
  /** TypeScript, not yet formatted. */
  readonly text: string;
  readonly operations: readonly Operation[];
}

/**
 * The TypeScript text of a Knex migration, not yet formatted.
 *
 * @throws AshlarError where the database has no way to do it.
 * @example
 * renderMigration({ operations: diffSnapshots(before, after), before, database: "postgres", renderTemplate });
 */
export function renderMigration(request: MigrationRequest): string {
  const [migration] = renderMigrations({ ...request, withheld: [], lockSafe: false });
  return migration?.text ?? "";
}

/**
 * The files of a migration: one; on PostgreSQL, where it is to be safe for tables that others use, also one or two
 * without a transaction, for indexes that are made concurrently and constraints that are validated.
 *
 * @throws AshlarError with everything that the database has no way to do.
 * @example
 * renderMigrations({ operations: [addIndex], withheld: [], before, database: "postgres", lockSafe: true, renderTemplate });
 * // [{ suffix: "", text: "import type { Knex } …", operations: [addIndex] }]
 */
export function renderMigrations(request: MigrationsRequest): readonly RenderedMigration[] {
  const { operations, database, lockSafe } = request;
  if (database === "sqlite") assertSqliteHas(operations, request.before);
  else refuseVirtual(operations, request.before);
  const files =
    database === "postgres" && lockSafe
      ? placeOperations(operations)
      : [
          {
            place: "inside",
            tasks: operations.map((operation) => ({ operation, part: "whole" }) as const),
          } as const,
        ];
  const remarks = placeWithheld(
    request.withheld,
    files.flatMap(({ tasks }) => listOperations(tasks)),
  );
  let { before } = request;
  return files.map((file, position) => {
    const rest = position === files.length - 1 ? remarks.rest : [];
    const rendered = renderFile({ ...request, before }, { ...file, remarks: { ...remarks, rest } });
    before = applyOperations(before, rendered.operations);
    return { ...rendered, suffix: files.length === 1 ? "" : rendered.suffix };
  });
}

interface FileTasks {
  readonly place: Place;
  readonly tasks: readonly Task[];
  readonly remarks: PlacedWithheld;
}

const suffixes: Readonly<Record<Place, string>> = { before: "prepare", inside: "", after: "concurrently" };

function renderFile(request: MigrationsRequest, { place, tasks, remarks }: FileTasks): RenderedMigration {
  const { before, database, renderTemplate } = request;
  const operations = listOperations(tasks);
  const down = invertTasks(tasks);
  const after = applyOperations(before, operations);
  const shared = { database, outside: place !== "inside" } as const;
  const remark = (withheld: Withheld) => renderWithheld(withheld, { database, schema: after });
  const remarksAfter = (operation: Operation) => (remarks.after.get(operation) ?? []).map(remark);
  const text = renderTemplate(chooseTemplate({ operations, down: listOperations(down), place, database }), {
    up: renderBody({ ...shared, tasks, before, direction: "up", remarksAfter }, remarks.rest.map(remark)),
    down: renderBody({ ...shared, tasks: down, before: after, direction: "down" }),
  });
  return { suffix: suffixes[place], text: restoreLineEnds(text), operations };
}

interface TemplateChoice {
  readonly operations: readonly Operation[];
  readonly down: readonly Operation[];
  readonly place: Place;
  readonly database: MigrationDatabase;
}

/** Dropping a table that was in use is left to SQLite only where it cannot take the rows of others along. */
function chooseTemplate({ operations, down, place, database }: TemplateChoice): string {
  if (place !== "inside") return "migration/outside-transaction.ts.ejs";
  const dropsOldTable = operations.some(({ kind }) => kind === "dropTable");
  const isRebuilt = [...operations, ...down].some(isRebuilding) || dropsOldTable;
  return database === "sqlite" && isRebuilt
    ? "migration/sqlite-rebuild.ts.ejs"
    : "migration/migration.ts.ejs";
}

function renderBody(body: Body, rest: readonly Step[] = []): string {
  const statements = [...renderStatements(body), ...joinSteps(rest)];
  if (statements.length === 0) return "  // Nothing to do: this database keeps none of what changes.";
  return indent([statements.join("\n\n")]).join("\n");
}
