import { Problems } from "../../../src/generator/request/problems.js";
import type { Problem } from "../../../src/support/problem.js";

type Parse<Value> = (text: string, problems: Problems) => Value | undefined;

/** What a grammar makes of a text that nothing is wrong with. */
export function read<Value>(parse: Parse<Value>, text: string): Value {
  const problems = new Problems();
  const value = parse(text, problems);
  if (problems.any || value === undefined)
    throw new Error(problems.list.map(({ message }) => message).join("\n"));
  return value;
}

/** The problems of a text that is wrong. */
export function refuse<Value>(parse: Parse<Value>, text: string): readonly Problem[] {
  const problems = new Problems();
  parse(text, problems);
  return problems.list;
}
