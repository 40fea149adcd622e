import { renderSchema, renderTableName } from "./call.js";
import { type MigrationDatabase, indent, renderRaw } from "./source.js";

/**
 * One piece of a migration: a statement of its own, or a line inside `alterTable`. Whatever order the lines are written
 * in, Knex adds columns first, then alters columns, then does the rest: that is the line's `turn`.
 */
export type Step =
  | { readonly kind: "statement"; readonly text: string }
  | { readonly kind: "line"; readonly table: string; readonly turn: Turn; readonly text: string };

type LineStep = Extract<Step, { kind: "line" }>;

export type Turn = 0 | 1 | 2;
const turns = { add: 0, alter: 1, rest: 2 } as const;

/** A statement of its own, without the `await` and the semicolon. */
export function statement(text: string): Step {
  return source(`await ${text};`);
}

/** Source that stands as it is. */
export function source(text: string): Step {
  return { kind: "statement", text };
}

/** A statement in SQL. */
export function raw(sql: string, database: MigrationDatabase): Step {
  return statement(renderRaw(sql, database));
}

/** A line inside `alterTable`, without the semicolon. */
export function line(table: string, when: keyof typeof turns, text: string): Step {
  return { kind: "line", table, turn: turns[when], text };
}

/** The steps as statements; neighbouring lines of one table share an `alterTable` as long as Knex keeps their order. */
export function joinSteps(steps: readonly Step[]): readonly string[] {
  const statements: string[] = [];
  let lines: LineStep[] = [];
  const close = () => {
    if (lines.length > 0) statements.push(renderAlterTable(lines));
    lines = [];
  };
  for (const step of steps) {
    if (step.kind === "statement" || !keepsOrder(lines.at(-1), step)) close();
    if (step.kind === "statement") statements.push(step.text);
    else lines.push(step);
  }
  close();
  return statements;
}

function keepsOrder(previous: LineStep | undefined, next: LineStep): boolean {
  return !previous || (previous.table === next.table && previous.turn <= next.turn);
}

function renderAlterTable(lines: readonly LineStep[]): string {
  const table = lines[0]?.table ?? "";
  return [
    `await ${renderSchema(table)}.alterTable(${renderTableName(table)}, (table) => {`,
    ...indent(lines.map(({ text }) => `${text};`)),
    "});",
  ].join("\n");
}
