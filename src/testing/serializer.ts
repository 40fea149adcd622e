import type { Notice } from "../generator/plan.js";
import type { Problem } from "../support/problem.js";
import { isTestRun, type TestRun } from "./test-run.js";

/**
 * A snapshot serializer for Vitest and Jest that shows what a command did as a page to read: the same on every machine
 * and every day, for a test project has its own clock and its paths are relative.
 *
 * @example
 * expect.addSnapshotSerializer(ashlarSerializer);
 * expect(await project.run("gen resource Works Task")).toMatchSnapshot();
 */
export const ashlarSerializer = {
  test: (value: unknown): boolean => isTestRun(value),
  serialize: (value: unknown): string => (isTestRun(value) ? renderRun(value) : String(value)),
};

function renderRun(run: TestRun): string {
  const { command, title, refused, notices, next, exitCode } = run;
  const blocks = [
    `$ ${command.trim()}`,
    title,
    ...renderFiles(run),
    ...refused.map(renderProblem),
    ...notices.map(renderNotice),
    ...(next.length > 0 ? [`next: ${next.join("\n      ")}`] : []),
    `exit code: ${exitCode}`,
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function renderFiles({ created, patched, unchanged, changed }: TestRun): readonly string[] {
  const contents = changed.map((path) => {
    const text = created[path];
    return text === undefined
      ? `patch ${path}\n${indent(patched[path] ?? "")}`
      : `create ${path}\n${indent(text.trimEnd())}`;
  });
  return [...contents, unchanged.map((path) => `unchanged ${path}`).join("\n")];
}

function renderProblem({ code, message, hint, location, frame, paste }: Problem): string {
  const lines = [
    `refused: ${message} [${code}]`,
    location && indent(`at ${location.path}:${location.line}:${location.column}`),
    frame && indent(frame),
    paste && indent(`paste:\n${paste}`),
    hint && indent(hint),
  ];
  return lines.filter((line) => line !== undefined && line !== "").join("\n");
}

function renderNotice({ severity, code, message, hint }: Notice): string {
  const head = `${severity}: ${message} [${code}]`;
  return hint === undefined ? head : `${head}\n${indent(hint)}`;
}

function indent(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(/^(?=.)/gm, "    ");
}
