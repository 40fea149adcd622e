import type { Options } from "yargs";

/** The flags of a command by their long name, as yargs takes them. */
export type Flags = Readonly<Record<string, Options>>;

/** A flag with a value. */
export function text(describe: string, alias: readonly string[] = []): Options {
  return { string: true, requiresArg: true, describe, alias };
}

/** A flag whose value may be left out. */
export function optionalText(describe: string, alias: readonly string[] = []): Options {
  return { string: true, describe, alias };
}

/** A flag with a value that may be given several times. */
export function list(describe: string, alias: readonly string[] = []): Options {
  return { string: true, array: true, requiresArg: true, describe, alias };
}

/** A flag without a value. */
export function toggle(describe: string, alias: readonly string[] = []): Options {
  return { boolean: true, describe, alias };
}

/** The other side of a `--no-` flag, accepted but not listed. */
export function hiddenToggle(): Options {
  return { boolean: true, hidden: true };
}

export const previewGroup = "Preview and write:";

/** What every command that writes files understands. */
export const generateFlags = {
  "dry-run": { ...toggle("Show the plan; write nothing."), group: previewGroup },
  diff: { ...toggle("Show the plan with a unified diff of every file; write nothing."), group: previewGroup },
  check: { ...toggle("Write nothing; exit with 3 if anything would change."), group: previewGroup },
  yes: { ...toggle("Write without asking.", ["y"]), group: previewGroup },
  json: { ...toggle("Write without asking; print the plan and its result as JSON."), group: previewGroup },
} satisfies Flags;
