import type { MigrationStatus } from "../../host/migrate/status.js";
import type { Colors } from "../terminal.js";
import { alignColumns } from "./columns.js";

type State = MigrationStatus["state"];

const stateColor: Readonly<Record<State, "green" | "red" | "yellow">> = {
  applied: "green",
  edited: "red",
  missing: "red",
  squashed: "red",
  "half-undone": "red",
  pending: "yellow",
  interrupted: "yellow",
  late: "red",
};

const notes: Readonly<Partial<Record<State, string>>> = {
  edited:
    "its file was edited since: bring it back as it was, or take it as it is: npx ashlar migrate --accept-edited",
  missing: "its file is gone; how to bring it back, or undo it, is told by: npx ashlar migrate",
  squashed:
    "a squash stands for it and for others that have not run here: run those with the project as it was before the squash",
  "half-undone": "undoing it was begun and cut off: npx ashlar rollback --step 1",
  interrupted: "it was begun outside a transaction and cut off; the next run runs it again",
  late: "one that comes after it has run; whether it may run now is told by: npx ashlar migrate",
};

/** What to do about the states that are not in order, a line each. */
export function renderStatusNotes(migrations: readonly MigrationStatus[], colors: Colors): string {
  const states = new Set(migrations.map(({ state }) => state));
  return [...states]
    .flatMap((state) => {
      const note = notes[state];
      return note === undefined ? [] : [`  ${colors[stateColor[state]](state)}: ${note}\n`];
    })
    .join("");
}

/** Does `migrate` have something to do, and nothing that stops it? */
export function canMigrate(migrations: readonly MigrationStatus[]): boolean {
  const states = migrations.map(({ state }) => state);
  const isHindered = states.some((state) => stateColor[state] === "red");
  return !isHindered && states.some((state) => stateColor[state] === "yellow");
}

/** The table of migrations: what has run, when and in which batch, then what has not. */
export function renderStatus(migrations: readonly MigrationStatus[], colors: Colors): string {
  const [header = [], ...rows] = alignColumns([
    ["state", "batch", "ran", "migration"],
    ...migrations.map(listCells),
  ]);
  const lines = rows.map(([state = "", ...cells], index) =>
    [colors[stateColor[migrations[index]?.state ?? "pending"]](state), ...cells].join("  "),
  );
  return (
    ["", colors.dim(header.join("  ")), ...lines, ""]
      .map((line) => (line === "" ? line : `  ${line}`))
      .join("\n") + "\n"
  );
}

function listCells(migration: MigrationStatus): readonly string[] {
  const { state, name } = migration;
  return "batch" in migration
    ? [state, String(migration.batch), formatTime(migration.ranAt), name]
    : [state, "", "", name];
}

/** In the time zone of who reads it: `2026-11-22 19:30:05`. */
function formatTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
