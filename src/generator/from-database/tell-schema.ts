import { groupBy } from "../../support/group-by.js";
import type { Notice } from "../plan.js";
import type { ExistingSchema, UnmanagedPart, UnmanagedTable } from "./existing-schema.js";
import { listNames } from "./list-names.js";
import { views } from "./select-tables.js";

const withViews = "To read them as resources: --include-views";

/** What of a database stays out of resources and snapshots. */
export function tellSchema(schema: ExistingSchema, selected: ReadonlySet<string>): readonly Notice[] {
  const left = schema.unmanaged.filter(({ key }) => !selected.has(key));
  return [
    ...tellLeft(left),
    ...schema.parts.filter(({ table }) => selected.has(table)).map(tellPart),
    ...schema.notices.map((notice) => tell("database.notice", notice)),
  ];
}

/** Tables of one kind that stay out for one reason are told together: there may be hundreds. */
function tellLeft(left: readonly UnmanagedTable[]): readonly Notice[] {
  return [...groupBy(left, ({ why }) => why)].flatMap(([why, sameReason]) =>
    [...groupBy(sameReason, ({ kind }) => kind)].map(([kind, group]) => {
      const keys = group.map(({ key }) => key);
      const rest = keys.length === 1 ? `gets no resource: it ${why}` : `get no resources: each ${why}`;
      return {
        ...tell("table.left", `The ${listNames(kind, keys)} ${rest}.`),
        ...(views.has(kind) && group.some(({ table }) => table.columns.length > 0) && { hint: withViews }),
      };
    }),
  );
}

/** Something of a table that no resource says. */
export function tellPart({ why }: UnmanagedPart): Notice {
  return tell("table.part.left", why);
}

function tell(code: string, message: string): Notice {
  return { code, severity: "notice", message };
}

/** Says that what is there was left alone, and of how many tables the snapshots were missing. */
export function tellKnown(count: number, adopted: number): readonly Notice[] {
  if (count === 0) return [];
  const kept =
    count === 1
      ? "1 table has a resource already, which was left as it is."
      : `${count} tables have resources already, which were left as they are.`;
  if (adopted === 0) return [tell("resource.kept", kept)];
  const lacking =
    adopted === 1 ? "1 table had no snapshot and gets one" : `${adopted} had no snapshot and get one`;
  return [
    {
      ...tell("resource.kept", `${kept} ${lacking}: what the database has now.`),
      hint: "What the resources ask beyond that: npx ashlar gen migrations --dry-run",
    },
  ];
}
