import type { Finding } from "../../host/detect.js";
import type { Colors } from "../terminal.js";
import { alignColumns } from "./columns.js";

/** What was found in a project: each setting, its value, and where it comes from. */
export function renderFindings(findings: readonly Finding[], colors: Colors): string {
  const rows = findings.map(({ setting, value, from }) => [
    setting,
    value === "" ? "none" : value,
    from === "default" ? from : `from ${from}`,
  ]);
  const lines = alignColumns(rows).map(
    ([setting = "", value = "", from = ""]) => `  ${setting}  ${value}  ${colors.dim(from)}`,
  );
  return `\n${lines.join("\n")}\n`;
}
