import type { RunControls } from "../command.js";
import type { ArgumentReader } from "./arguments.js";
import type { Flags } from "./flags.js";
import { text, toggle } from "./flags.js";

/** What every command that runs migrations understands. */
export const runFlags = {
  "lock-timeout": text("How long a migration on PostgreSQL waits for a lock: 5s by default, 0 for ever."),
  wait: text("How long to wait for another run of migrations: 10m by default."),
  json: toggle("Print what was run as JSON."),
} satisfies Flags;

/** Reads them; what was not given is left out. */
export function readRunControls(reader: ArgumentReader): RunControls {
  const lockTimeout = readDuration(reader, "lock-timeout");
  const maximumWait = readDuration(reader, "wait");
  return {
    ...(lockTimeout !== undefined && { lockTimeout }),
    ...(maximumWait !== undefined && { maximumWait }),
    ...readToggles(reader, { json: "json" }),
  };
}

/** Flags without a value, under names of their own; those not given are left out. */
export function readToggles<Name extends string>(
  reader: ArgumentReader,
  flags: Readonly<Record<Name, string>>,
): Partial<Readonly<Record<Name, true>>> {
  const given: Partial<Record<Name, true>> = {};
  for (const name in flags) if (reader.toggle(flags[name]) === true) given[name] = true;
  return given;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** PostgreSQL keeps a time in milliseconds in 32 bits. */
const longest = 2 ** 31 - 1;

function readDuration(reader: ArgumentReader, flag: string): number | undefined {
  const value = reader.text(flag);
  if (value === undefined) return undefined;
  if (value === "0") return 0;
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value) ?? [];
  const milliseconds = Math.round(Number(count) * (units[unit] ?? Number.NaN));
  if (milliseconds >= 0 && milliseconds <= longest) return milliseconds;
  reader.report({
    code: "cli.flag.duration",
    message: `--${flag} takes a time with its unit, not "${value}".`,
    hint: `Such as: --${flag} 30s. The units are ms, s, m and h.`,
  });
  return undefined;
}
