import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/** One of the two streams, and the colours that suit it. */
export interface Output {
  readonly colors: Colors;
  readonly isTerminal: boolean;
  write(text: string): void;
}

/** What a command talks to. */
export interface Terminal {
  /** Plans and data: stdout. */
  readonly data: Output;
  /** Questions, warnings, errors, what to do next: stderr. */
  readonly talk: Output;
  /** Is someone there to answer? */
  readonly canAsk: boolean;
}

/** The streams and the environment of a process, as far as they matter here. */
export interface ProcessStreams {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Environment;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The terminal of a process. A question needs both ends to be a terminal, and nobody answers one in continuous
 * integration, where a stream may well look like a terminal.
 *
 * @example
 * createTerminal(process).talk.write("Nothing to change.\n");
 */
export function createTerminal({ stdin, stdout, stderr, env }: ProcessStreams): Terminal {
  return {
    data: createOutput(stdout, env),
    talk: createOutput(stderr, env),
    canAsk: stdin.isTTY === true && stderr.isTTY === true && !isSet(env["CI"]),
  };
}

function createOutput(stream: OutputStream, env: Environment): Output {
  return {
    colors: pc.createColors(hasColors(stream, env)),
    isTerminal: stream.isTTY === true,
    write: (text) => void stream.write(text),
  };
}

/** NO_COLOR (no-color.org) goes before FORCE_COLOR, and both before what the stream is. */
function hasColors(stream: OutputStream, env: Environment): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  if (env["FORCE_COLOR"] !== undefined) return isSet(env["FORCE_COLOR"]);
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
