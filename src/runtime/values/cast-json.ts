import {
  accept,
  createValueProblem,
  type CastResult,
  type ValuePlace,
  type ValueProblem,
} from "./cast-result.js";
import { findTextFault } from "./cast-text.js";

/** SQLite reads 1000 levels, PostgreSQL as many as its stack holds; the recursion here stays far from its own end. */
const MAXIMUM_DEPTH = 500;

/** A copy of a value that JSON can say, so that later changes of the given one do not reach the record. */
export function castJson(value: unknown, place: ValuePlace): CastResult {
  const problem = findJsonProblem(value, { place, path: [], holders: new Set() });
  // Reading the text again keeps an own key `__proto__` an own key, and makes 0 of -0, as databases do.
  return problem === undefined ? accept(JSON.parse(JSON.stringify(value))) : { ok: false, problem };
}

interface Walk {
  readonly place: ValuePlace;
  /** Where the walk is, and the objects it is inside of. */
  readonly path: (string | number)[];
  readonly holders: Set<object>;
}

function findJsonProblem(value: unknown, walk: Walk): ValueProblem | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "string") return findStringProblem(value, walk);
  if (typeof value === "number" && Number.isFinite(value)) return undefined;
  if (Array.isArray(value) || isPlainObject(value)) return findProblemInside(value, walk);
  const expected =
    "what JSON can say: texts, finite numbers, booleans, null, arrays and plain objects of them";
  return createJsonProblem(walk, { code: "value.json.unsupported", expected, value });
}

function findStringProblem(value: string, walk: Walk): ValueProblem | undefined {
  const fault = findTextFault(value);
  return fault === undefined ? undefined : createJsonProblem(walk, { ...fault, value });
}

function findProblemInside(holder: object, walk: Walk): ValueProblem | undefined {
  if (walk.holders.has(holder)) {
    const expected = "free of circles: it stands inside itself";
    return createJsonProblem(walk, { code: "value.json.circular", expected });
  }
  if (walk.holders.size >= MAXIMUM_DEPTH) {
    const expected = `nested at most ${MAXIMUM_DEPTH} levels deep`;
    return createJsonProblem(walk, { code: "value.json.deep", expected });
  }
  walk.holders.add(holder);
  const problem = Array.isArray(holder) ? findProblemInItems(holder, walk) : findProblemInKeys(holder, walk);
  walk.holders.delete(holder);
  return problem;
}

function findProblemInItems(items: readonly unknown[], walk: Walk): ValueProblem | undefined {
  for (let index = 0; index < items.length; index += 1) {
    const problem = findProblemAt(index, items[index], walk);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function findProblemInKeys(holder: object, walk: Walk): ValueProblem | undefined {
  for (const [key, value] of Object.entries(holder)) {
    const problem = findStringProblem(key, walk) ?? findProblemAt(key, value, walk);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function findProblemAt(step: string | number, value: unknown, walk: Walk): ValueProblem | undefined {
  walk.path.push(step);
  const problem = findJsonProblem(value, walk);
  walk.path.pop();
  return problem;
}

interface JsonFault {
  readonly code: string;
  readonly expected: string;
  readonly value?: unknown;
}

function createJsonProblem({ place, path }: Walk, fault: JsonFault): ValueProblem {
  return createValueProblem({
    ...fault,
    place: { attribute: place.attribute, path: [...place.path, ...path] },
  });
}

/** One of another realm too, whose own `Object.prototype` is not ours. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
