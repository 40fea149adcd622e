import { checkProject } from "../../host/check/check-project.js";
import { openProject } from "../../host/open-project.js";
import { findProjectRoot } from "../../host/project-root.js";
import type { CheckCommand } from "../command.js";
import type { ExitCode } from "../exit-code.js";
import { mendProject } from "../mend-project.js";
import { renderCheck } from "../report/check.js";
import { writeJson } from "../report/json.js";
import { renderNotices } from "../report/plan.js";
import { renderProblems } from "../report/problem.js";
import type { Terminal } from "../terminal.js";

/** Runs `ashlar check`. */
export async function runCheck(command: CheckCommand, terminal: Terminal): Promise<ExitCode> {
  const { data, talk } = terminal;
  const root = findProjectRoot(process.cwd());
  mendProject(root, terminal);
  const parts = await checkProject(await openProject(root), command);
  const problems = parts.flatMap((part) => part.problems);
  if (command.json) writeJson({ parts, problems }, terminal);
  else {
    const notices = parts.flatMap((part) => part.notices);
    data.write(renderCheck(parts, data.colors));
    if (notices.length > 0) talk.write(`\n${renderNotices(notices, talk.colors)}`);
    if (problems.length > 0) talk.write(renderProblems(problems, talk.colors));
  }
  return problems.length > 0 ? 1 : 0;
}
