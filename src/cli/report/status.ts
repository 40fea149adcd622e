import type { MigrationStatus } from "../../host/migrate/status.js";
import type { Colors } from "../terminal.js";
import { alignColumns } from "./columns.js";

type State = MigrationStatus["state"];

const stateColor: Readonly<Record<State, "green" | "red" | "yellow">> = {
  applied: "green",
  missing: "red",
  pending: "yellow",
};

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
  return migration.state === "pending"
    ? [state, "", "", name]
    : [state, String(migration.batch), formatTime(migration.ranAt), name];
}

/** In the time zone of who reads it: `2026-11-22 19:30:05`. */
function formatTime(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace("T", " ");
}
