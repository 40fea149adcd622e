import { structuredPatch } from "diff";

const linesAround = 2;

/**
 * The lines that differ, with `+` and `-` and two lines around them; `…` stands for what is left out.
 *
 * @example
 * renderPatch("a\nb\n", "a\nx\nb\n"); // "  a\n+ x\n  b"
 */
export function renderPatch(before: string, after: string): string {
  const { hunks } = structuredPatch("", "", hideReturns(before), hideReturns(after), "", "", {
    context: linesAround,
  });
  const blocks = hunks.map(({ lines }) => lines.filter(isContent).map(space).join("\n"));
  const total = hideReturns(after).split("\n").length - 1;
  const last = hunks.at(-1);
  const isStart = (hunks[0]?.newStart ?? 1) <= 1;
  const isEnd = last === undefined || last.newStart + last.newLines - 1 >= total;
  return [...(isStart ? [] : ["  …"]), blocks.join("\n  …\n"), ...(isEnd ? [] : ["  …"])].join("\n");
}

/** Carriage returns are shown only where a file mixes line ends: there they may be the change itself. */
function hideReturns(text: string): string {
  const isMixed = /\r\n/.test(text) && /[^\r]\n/.test(text);
  return text.replaceAll("\r\n", isMixed ? "␍\n" : "\n");
}

function isContent(line: string): boolean {
  return !line.startsWith("\\");
}

/** `+x` becomes `+ x`, so that text stands clear of its sign. */
function space(line: string): string {
  return `${line.slice(0, 1)} ${line.slice(1)}`.trimEnd();
}
