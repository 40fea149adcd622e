import { Socket } from "node:net";
import type { LoadAnswer, LoadRequest } from "../protocol.js";
import { loadProject } from "./load-project.js";

/** The process that loads a project's resources: reads the request, answers, and ends, whatever is still open. */
export function main(): void {
  readRequest((request) => {
    void loadProject(request).then(answer);
  });
}

/** The input stays open as long as the parent lives, so its end is the end here too. */
function readRequest(take: (request: LoadRequest) => void): void {
  let text = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (chunk: string) => {
    const isWhole = text.endsWith("\n");
    text += chunk;
    if (!isWhole && text.endsWith("\n")) take(JSON.parse(text));
  });
  for (const event of ["end", "close", "error"]) process.stdin.on(event, endNow);
}

function answer(value: LoadAnswer): void {
  new Socket({ fd: 3, readable: false, writable: true }).end(`${JSON.stringify(value)}\n`, endNow);
}

/** Without asking anything that the project's modules left behind. */
function endNow(): void {
  process.kill(process.pid, "SIGKILL");
}
