import type { ActionDefinition } from "../actions/action-definition.js";
import type { Issue } from "../errors/issue.js";
import type { TableMap } from "../mapping/table-map.js";
import { generateValue } from "../values/generate-value.js";
import { describeMissing } from "./draft.js";

/** What an action was given, once its input was read. */
export interface Given {
  readonly table: TableMap;
  readonly action: ActionDefinition;
  readonly arguments: Record<string, unknown>;
  readonly issues: Issue[];
}

/** Gives each argument without a value its default, and tells those that are missing. */
export function fillArguments({ action, arguments: given, issues, table }: Given, now: Date): void {
  for (const { name, required, default: fallback } of action.arguments) {
    if (!Object.hasOwn(given, name)) {
      const made = generateValue(fallback, now);
      if (made !== undefined) given[name] = made.value;
    }
    const isTold = issues.some(({ path }) => path[0] === name);
    if (required && !isTold && (given[name] ?? null) === null) issues.push(describeMissing(table, name));
  }
}
