import type { AttributeDefinition } from "../attribute-type.js";
import { describeGiven, shorten } from "./given-value.js";

/** What is wrong with a value. */
export interface ValueProblem {
  /** Stable and dotted, such as `value.type.wrong`. */
  readonly code: string;
  /** One sentence: what was expected and, unless the attribute is sensitive, what was given. */
  readonly message: string;
  readonly hint?: string;
  /** Where in an array or json; [] for the value itself. Keys inside a sensitive json are left out. */
  readonly path: readonly (string | number)[];
}

export interface Accepted {
  readonly ok: true;
  readonly value: unknown;
}

export interface Refused {
  readonly ok: false;
  readonly problem: ValueProblem;
}

export type CastResult = Accepted | Refused;

/** Of which attribute, and where in it, a value is. */
export interface ValuePlace {
  readonly attribute: AttributeDefinition;
  readonly path: readonly (string | number)[];
}

export interface Refusal {
  readonly place: ValuePlace;
  readonly code: string;
  /** What goes on after "must be". */
  readonly expected: string;
  /** The value, for the message to quote; left out where quoting it tells nothing. */
  readonly value?: unknown;
  readonly hint?: string;
  /** A hint that would tell something of the value: left out where that is sensitive. */
  readonly tellingHint?: string;
}

export function accept(value: unknown): Accepted {
  return { ok: true, value };
}

export function refuse(refusal: Refusal): Refused {
  return { ok: false, problem: createValueProblem(refusal) };
}

/** For a value of the wrong type altogether. */
export function refuseType(refusal: Omit<Refusal, "code">): Refused {
  return refuse({ ...refusal, code: "value.type.wrong" });
}

export function createValueProblem(refusal: Refusal): ValueProblem {
  const { place, code, expected } = refusal;
  const { sensitive } = place.attribute;
  const path = sensitive ? listLeadingIndexes(place.path) : place.path;
  const hint = refusal.hint ?? (sensitive ? undefined : refusal.tellingHint);
  const given = sensitive || !("value" in refusal) ? "" : `, not ${describeGiven(refusal.value)}`;
  return {
    code,
    message: `"${place.attribute.name}${path.map(describeStep).join("")}" must be ${expected}${given}.`,
    ...(hint === undefined ? {} : { hint }),
    path,
  };
}

/** The keys inside a json are part of its value. */
function listLeadingIndexes(path: ValuePlace["path"]): ValuePlace["path"] {
  const end = path.findIndex((step) => typeof step === "string");
  return end === -1 ? path : path.slice(0, end);
}

function describeStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_]\w{0,39}$/.test(step) ? `.${step}` : `[${JSON.stringify(shorten(step))}]`;
}
