import { quoteName } from "../sql/names.js";
import { buildAlterTable } from "../sql/alter.js";
import { indent } from "../source.js";
import { type Step, joinSteps, raw, source } from "../step.js";

/** A statement as it is. */
export function postgres(sql: string): Step {
  return raw(sql, "postgres");
}

export function renderDropIfThere(table: string, name: string): Step {
  return renderBrief(buildAlterTable(table, buildDropIfThere(name)));
}

export function buildDropIfThere(name: string): string {
  return `drop constraint if exists ${quoteName(name)}`;
}

/**
 * What needs a table for itself for a moment. Whoever comes while it waits for that waits behind it, so it gives up after
 * some seconds; the whole file can be run again.
 */
export function renderBrief(sql: string): Step {
  return renderInTransaction([postgres(sql)]);
}

export function renderInTransaction(steps: readonly Step[]): Step {
  const timeout = postgres("set local lock_timeout = '5s'");
  return source(
    ["await knex.transaction(async (knex) => {", ...indent(joinSteps([timeout, ...steps])), "});"].join("\n"),
  );
}
