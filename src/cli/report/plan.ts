import type { Change, ChangeKind, Notice, Plan } from "../../generator/plan.js";
import type { Colors } from "../terminal.js";

/** Every status word ends at this column, as in Rails. */
const statusWidth = 10;

const statusColor: Readonly<Record<ChangeKind, "green" | "cyan" | "red" | "dim" | "yellow">> = {
  create: "green",
  patch: "cyan",
  delete: "red",
  identical: "dim",
  skip: "yellow",
};

/**
 * The plan as it is shown before it is written: its title, and a line for every file.
 *
 * @example
 * renderPlan(plan, colors);
 * // ⏎
 * //   User ⟷ Task, through UserTask
 * // ⏎
 * //     create  src/accounts/user-task.ts
 * //      patch  src/accounts/user.ts    + tasks, userTasks
 */
export function renderPlan({ title, changes }: Plan, colors: Colors): string {
  const column = findSummaryColumn(changes);
  const lines = changes.map((change) => renderChange(change, column, colors));
  const head = ["", `  ${colors.bold(title)}`, ""];
  return [...head, ...(lines.length === 0 ? [] : [...lines, ""]), ""].join("\n");
}

function renderChange(change: Change, column: number, colors: Colors): string {
  const status = colors[statusColor[change.kind]](change.kind.padStart(statusWidth));
  const summary = summarize(change);
  if (summary === undefined) return `${status}  ${change.path}`;
  return `${status}  ${change.path.padEnd(column)}${colors.dim(`+ ${summary}`)}`;
}

function summarize(change: Change): string | undefined {
  return change.kind === "patch" && change.summary.length > 0 ? change.summary.join(", ") : undefined;
}

/** The first tab stop that leaves a gap after the longest of the paths that have a summary. */
function findSummaryColumn(changes: readonly Change[]): number {
  const widths = changes.filter((change) => summarize(change) !== undefined).map(({ path }) => path.length);
  return Math.ceil((Math.max(0, ...widths) + 2) / 8) * 8;
}

/** The words to the user, each on its line, with what to do below it. */
export function renderNotices(notices: readonly Notice[], colors: Colors): string {
  return notices.map((notice) => `${renderNotice(notice, colors)}\n`).join("");
}

function renderNotice({ severity, message, hint }: Notice, colors: Colors): string {
  const color = severity === "warning" ? colors.yellow : colors.blue;
  const lines = [`${color(severity.padStart(statusWidth))}  ${message}`];
  if (hint !== undefined) lines.push(`${" ".repeat(statusWidth)}  ${colors.dim(hint)}`);
  return lines.join("\n");
}

/** The last lines: what to type next. */
export function renderNext(next: readonly string[], colors: Colors): string {
  const [first, ...rest] = next;
  if (first === undefined) return "";
  const lines = [
    `  Next: ${colors.bold(first)}`,
    ...rest.map((command) => `        ${colors.bold(command)}`),
  ];
  return `${lines.join("\n")}\n\n`;
}
