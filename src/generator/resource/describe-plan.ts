import { findFolder } from "../paths.js";
import type { Change, Notice, Plan } from "../plan.js";
import type { Settings } from "../settings.js";
import type { ResourceIntent } from "./build-intent.js";

interface PlannedResource {
  readonly intent: ResourceIntent;
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
  readonly settings: Pick<Settings, "migrations">;
}

/** The plan of a resource: its title, its notices, and what to type when it is done. */
export function describePlan({ intent, changes, notices, settings }: PlannedResource): Plan {
  const migrates = changes.some(
    ({ kind, path }) => kind === "create" && findFolder(path) === settings.migrations,
  );
  return {
    title: findTitle(intent),
    changes,
    notices: [...tellCascade(intent, changes), ...tellNames(intent, changes), ...notices],
    next: migrates ? ["npx ashlar migrate"] : [],
  };
}

function findTitle({ spec, join }: ResourceIntent): string {
  const [left, right] = join.ends;
  if (left && right) return `${left.destination.name} ⟷ ${right.destination.name}, through ${spec.name}`;
  const joined = join.keyed.map(({ destination }) => destination.name);
  if (joined.length > 2)
    return `${joined.slice(0, -1).join(", ")} and ${joined.at(-1)}, through ${spec.name}`;
  return `${spec.domain}.${spec.name}`;
}

/** A cascade deletes rows, so the plan says which. */
function tellCascade({ spec, join }: ResourceIntent, changes: readonly Change[]): readonly Notice[] {
  const cascading = join.keyed.filter(({ onDelete }) => onDelete === "cascade");
  if (cascading.length === 0 || changes.every(({ kind }) => kind === "identical")) return [];
  const names = [...new Set(cascading.map(({ destination }) => destination.name))];
  return [
    {
      code: "relationship.cascades",
      severity: "notice",
      message: `Rows of ${spec.table} go with a deleted ${names.join(" or ")} (on delete: cascade).`,
      hint: "To forbid it while there are such rows: --on-delete restrict",
    },
  ];
}

/** The two ends of a self-join cannot be named after their resource, and the names made up instead are rarely the best. */
function tellNames({ join, inverses }: ResourceIntent, changes: readonly Change[]): readonly Notice[] {
  const [left, right] = join.ends;
  const isSelfJoin =
    left &&
    right &&
    left.destination.path === right.destination.path &&
    left.destination.name === right.destination.name;
  const made = inverses.filter(({ relationship }) => relationship.kind === "manyToMany");
  const isAsAsked = made.every(({ isNamed, isThere }) => isNamed || isThere);
  if (!isSelfJoin || isAsAsked || changes.every(({ kind }) => kind === "identical")) return [];
  const names = made.map(({ relationship }) => relationship.name);
  return [
    {
      code: "relationship.named",
      severity: "notice",
      message: `${left.destination.name} gets ${names.join(" and ")}.`,
      hint: `To name them otherwise: --inverse ${left.name}:${names[0]},${right.name}:${names[1]}`,
    },
  ];
}
