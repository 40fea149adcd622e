import type { Issue } from "../errors/issue.js";
import type { ColumnMap } from "../mapping/table-map.js";
import { castInput } from "../values/cast-input.js";
import { describeGiven } from "../values/given-value.js";
import { combine, type Comparison, type Condition, type PatternKind } from "./condition.js";

interface AttributeReading {
  readonly column: ColumnMap;
  readonly issues: Issue[];
}

type Path = Issue["path"];
type ReadOperator = (reading: AttributeReading, value: unknown, path: Path) => Condition;

/** An object as JSON makes it; dates, bytes and records are values. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A value, or an object of operators. */
export function parseAttributeFilter(reading: AttributeReading, value: unknown, path: Path): Condition {
  if (!isPlainObject(value)) return parseEquality(reading, value, path);
  const names = Object.keys(value);
  if (names.length === 0) return refuseEmpty(reading, path);
  return combine(names.map((name) => parseOperator(reading, name, value[name], [...path, name])));
}

/** It would hold for every record. */
function refuseEmpty(reading: AttributeReading, path: Path): Condition {
  return refuse(reading, path, {
    code: "filter.operator.missing",
    message: `The condition on "${reading.column.name}" is an object without an operator.`,
    hint: "Give a value, or an operator such as { eq: … }; leave the condition out for every record.",
  });
}

function parseOperator(reading: AttributeReading, name: string, value: unknown, path: Path): Condition {
  const read = operators.get(name);
  if (read === undefined) {
    return refuse(reading, path, {
      code: "filter.operator.unknown",
      message: `${describeGiven(name)} is not an operator.`,
      hint: `There are ${[...operators.keys()].join(", ")}.`,
    });
  }
  const { kind } = reading.column.attribute.type;
  if (kind === "json" && name !== "isNull") return refuseOperator(reading, name, path, "isNull");
  return read(reading, value, path);
}

const operators: ReadonlyMap<string, ReadOperator> = new Map<string, ReadOperator>([
  ["eq", parseEquality],
  ["not", parseInequality],
  ["gt", compareBy(">")],
  ["gte", compareBy(">=")],
  ["lt", compareBy("<")],
  ["lte", compareBy("<=")],
  ["in", (reading, value, path) => parseList(reading, value, path, true)],
  ["notIn", (reading, value, path) => parseList(reading, value, path, false)],
  ["isNull", parseIsNull],
  ["like", matchBy("like")],
  ["ilike", matchBy("ilike")],
  ["contains", parseContains],
  ["startsWith", matchBy("startsWith")],
  ["endsWith", matchBy("endsWith")],
]);

function parseEquality(reading: AttributeReading, value: unknown, path: Path): Condition {
  const { column } = reading;
  if (value === null) return { kind: "null", column, isNull: true };
  if (column.attribute.type.kind === "json") return refuseOperator(reading, "eq", path, "isNull");
  return castThen(reading, value, path, (cast) => ({ kind: "compare", column, operator: "=", value: cast }));
}

function parseInequality(reading: AttributeReading, value: unknown, path: Path): Condition {
  const { column } = reading;
  if (value === null) return { kind: "null", column, isNull: false };
  return castThen(reading, value, path, (cast) => ({ kind: "compare", column, operator: "<>", value: cast }));
}

const unordered = new Set(["boolean", "binary", "array", "json"]);

function compareBy(operator: Comparison): ReadOperator {
  return (reading, value, path) => {
    const { column } = reading;
    if (unordered.has(column.attribute.type.kind)) {
      return refuseOperator(reading, String(path.at(-1)), path, "eq, not, in, notIn and isNull");
    }
    return castThen(reading, value, path, (cast) => ({ kind: "compare", column, operator, value: cast }));
  };
}

/** Told of one list: the rest would be more of the same. */
const MAXIMUM_ISSUES = 10;

function parseList(reading: AttributeReading, value: unknown, path: Path, isIn: boolean): Condition {
  const { column } = reading;
  if (!Array.isArray(value)) {
    return refuse(reading, path, {
      code: "filter.list.invalid",
      message: `"${isIn ? "in" : "notIn"}" takes a list of values.`,
    });
  }
  const values: unknown[] = [];
  const allowed = reading.issues.length + MAXIMUM_ISSUES;
  for (let index = 0; index < value.length && reading.issues.length < allowed; index += 1) {
    values.push(castOrRefuse(reading, value[index], [...path, index]));
  }
  return { kind: "list", column, values, isIn };
}

function parseIsNull({ column, issues }: AttributeReading, value: unknown, path: Path): Condition {
  if (typeof value === "boolean") return { kind: "null", column, isNull: value };
  return refuse({ column, issues }, path, {
    code: "filter.value.invalid",
    message: '"isNull" is true or false.',
  });
}

const texts = new Set(["string", "text", "uuid", "enum"]);

function matchBy(pattern: PatternKind): ReadOperator {
  return (reading, value, path) => {
    const { column } = reading;
    if (!texts.has(column.attribute.type.kind) || column.attribute.type.kind === "uuid") {
      return refuseOperator(reading, pattern, path, "the operators of its type; it is no text");
    }
    const text = readPattern(reading, pattern, value, path);
    return text === undefined ? combine([]) : { kind: "pattern", column, pattern, text };
  };
}

/** SQLite takes no longer ones than this can become. */
const MAXIMUM_PATTERN = 10_000;

/** Any well-formed text: a pattern may be longer than what the column holds. */
function readPattern(
  reading: AttributeReading,
  pattern: PatternKind,
  value: unknown,
  path: Path,
): string | undefined {
  const attribute = { ...reading.column.attribute, type: { kind: "text" } as const };
  const text = castOrRefuse({ ...reading, column: { ...reading.column, attribute } }, value, path);
  if (typeof text !== "string") return undefined;
  if (text.length > MAXIMUM_PATTERN) {
    refuse(reading, path, {
      code: "filter.pattern.long",
      message: `A pattern has at most ${String(MAXIMUM_PATTERN)} characters.`,
    });
    return undefined;
  }
  if ((pattern === "like" || pattern === "ilike") && /(?<!\\)(?:\\\\)*\\$/.test(text)) {
    refuse(reading, path, {
      code: "filter.pattern.invalid",
      message: "The pattern ends in a backslash with nothing behind it.",
      hint: "Write two of them for one.",
    });
    return undefined;
  }
  return text;
}

function parseContains(reading: AttributeReading, value: unknown, path: Path): Condition {
  const { column } = reading;
  const { type } = column.attribute;
  if (type.kind !== "array") return matchBy("contains")(reading, value, path);
  const element = { ...column, attribute: { ...column.attribute, type: type.of } };
  const cast = castOrRefuse({ ...reading, column: element }, value, path);
  return cast === undefined ? combine([]) : { kind: "element", column, value: cast };
}

function castThen(
  reading: AttributeReading,
  value: unknown,
  path: Path,
  build: (cast: unknown) => Condition,
): Condition {
  const cast = castOrRefuse(reading, value, path);
  return cast === undefined ? combine([]) : build(cast);
}

/** The canonical value, or undefined once the issue is told. Undefined itself is refused: it would mean every record. */
export function castOrRefuse(reading: AttributeReading, value: unknown, path: Path): unknown {
  if (value === undefined || value === null) {
    refuse(reading, path, {
      code: "filter.value.missing",
      message: `A condition on "${reading.column.name}" has ${value === null ? "null" : "undefined"} for its value.`,
      hint: "Leave the condition out, or ask for null by { isNull: true }.",
    });
    return undefined;
  }
  const cast = castInput(reading.column.attribute, value);
  if (cast.ok) return cast.value;
  reading.issues.push({ ...cast.problem, path: [...path, ...cast.problem.path] });
  return undefined;
}

function refuseOperator(reading: AttributeReading, name: string, path: Path, instead: string): Condition {
  const { attribute } = reading.column;
  return refuse(reading, path, {
    code: "filter.operator.unsuitable",
    message: `"${name}" does not suit "${attribute.name}", which is of the type ${attribute.type.kind}.`,
    hint: `Use ${instead}, or add the condition to toKnex().`,
  });
}

function refuse({ issues }: AttributeReading, path: Path, problem: Omit<Issue, "path">): Condition {
  issues.push({ ...problem, path });
  return combine([]);
}
