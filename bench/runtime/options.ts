import { parseArgs } from "node:util";
import { type ContenderName, contenderNames } from "./contenders.js";

const parts = ["compare", "stream", "growth"] as const;

export type BenchPart = (typeof parts)[number];

export interface BenchOptions {
  readonly rounds: number;
  /** Always with `pg`, since the others are measured against it. */
  readonly contenders: readonly ContenderName[];
  readonly parts: readonly BenchPart[];
}

/** Reads `--rounds 11 --contenders pg,knex --parts compare,stream`; throws at what it does not know. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string", default: "11" },
      contenders: { type: "string", default: contenderNames.join() },
      parts: { type: "string", default: parts.join() },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds takes a whole number, not ${values.rounds}`);
  return {
    rounds,
    contenders: pickNames(`pg,${values.contenders}`, contenderNames, "--contenders"),
    parts: pickNames(values.parts, parts, "--parts"),
  };
}

/** The named ones, in their own order. */
function pickNames<Name extends string>(list: string, known: readonly Name[], flag: string): Name[] {
  const names = new Set(list.split(","));
  const picked = known.filter((name) => names.delete(name));
  if (names.size > 0) throw new Error(`${flag} takes ${known.join(", ")}; not ${[...names].join(", ")}`);
  return picked;
}
