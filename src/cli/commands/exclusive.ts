import type { ArgumentReader } from "./arguments.js";

/** Reports flags that exclude each other, when more than one of them was given. */
export function refuseTogether(
  reader: ArgumentReader,
  command: string,
  values: Readonly<Record<string, unknown>>,
): void {
  const given = Object.keys(values).filter((flag) => values[flag] !== undefined && values[flag] !== false);
  const [first] = given;
  if (first === undefined || given.length === 1) return;
  reader.report({
    code: "cli.flag.exclusive",
    message: `${given.map((flag) => `--${flag}`).join(" and ")} each say how far to go: only one can hold.`,
    hint: `Such as: npx ashlar ${command} --${first}${values[first] === true ? "" : ` ${String(values[first])}`}`,
  });
}
