import type { Notice } from "../plan.js";
import type { ExistingSchema } from "./existing-schema.js";

/** What of a database stays out of resources and snapshots, each named. */
export function tellSchema(schema: ExistingSchema, selected: ReadonlySet<string>): readonly Notice[] {
  const left = schema.unmanaged.filter(({ key }) => !selected.has(key));
  return [
    ...left.map(({ key, kind, why }) => tell("table.left", `The ${kind} "${key}" gets no resource. ${why}`)),
    ...schema.parts.filter(({ table }) => selected.has(table)).map(({ why }) => tell("table.part.left", why)),
    ...schema.notices.map((notice) => tell("database.notice", notice)),
  ];
}

function tell(code: string, message: string): Notice {
  return { code, severity: "notice", message };
}

/** Says that what is there was left alone. */
export function tellKnown(count: number): readonly Notice[] {
  if (count === 0) return [];
  const message =
    count === 1
      ? "1 table has a resource already, which was left as it is."
      : `${count} tables have resources already, which were left as they are.`;
  return [tell("resource.kept", message)];
}
