/**
 * Issues of the changesets that a relationship is managed by, brought to the inputs that they come from. Where there is one
 * input, or the changeset is told, the place is known. What a database says of many rows names no row: of a key that is
 * taken, the rows are asked for afterwards.
 */
import type { WriteContext } from "../changeset/write-context.js";
import { InvalidError } from "../errors/errors.js";
import type { Issue } from "../errors/issue.js";
import { keyOfRecord, type ItemKey } from "./item-key.js";
import { lookUp } from "./look-up.js";
import { pathOf, type PlannedWrite } from "./planned-write.js";

export async function locateIssues<Result>(
  context: WriteContext,
  planned: readonly PlannedWrite[],
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const issues =
      planned.length > 1 ? await locate(context, planned, error) : error.issues.map(under(planned[0]));
    throw new InvalidError(issues, { cause: error.cause });
  }
}

async function locate(
  context: WriteContext,
  planned: readonly PlannedWrite[],
  { issues }: InvalidError,
): Promise<readonly Issue[]> {
  if (issues.every(({ path }) => typeof path[0] === "number"))
    return issues.map((issue) => move(planned, issue));
  const taken = await findTaken(context, planned, issues).catch(() => []);
  if (taken.length > 0) return taken.flatMap((each) => issues.map(under(each)));
  const path = planned[0]?.step.entry.path ?? [];
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** The issue of the changeset that its path begins with. */
function move(planned: readonly PlannedWrite[], issue: Issue): Issue {
  const [place, ...rest] = issue.path;
  return under(typeof place === "number" ? planned[place] : undefined)({ ...issue, path: rest });
}

function under(write: PlannedWrite | undefined): (issue: Issue) => Issue {
  const path = write === undefined ? [] : pathOf(write.step);
  return (issue) => ({ ...issue, path: [...path, ...issue.path] });
}

/** The writes whose key is another row's, or an earlier one's among them. */
async function findTaken(
  context: WriteContext,
  planned: readonly PlannedWrite[],
  issues: readonly Issue[],
): Promise<readonly PlannedWrite[]> {
  const attributes = issues.map(({ path }) => String(path[0]));
  const destination = planned[0]?.draft.table;
  if (destination === undefined || issues.some(({ code }) => code !== "attribute.taken")) return [];
  const keys = planned.map(({ draft }): ItemKey => {
    const values = Object.fromEntries([...Object.entries(draft.record ?? {}), ...draft.values]);
    return keyOfRecord(destination, attributes, values);
  });
  const found = await lookUp({ context, destination }, keys);
  const seen = new Set<string>();
  return planned.filter(({ draft }, index) => {
    const key = keys[index]?.text ?? "";
    const isRepeated = seen.has(key);
    seen.add(key);
    return (
      isRepeated || (found.has(key) && found.get(key) !== draft.record && draft.action.kind === "create")
    );
  });
}
