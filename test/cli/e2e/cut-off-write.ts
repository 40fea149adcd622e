/** Kills itself while it writes two files into a folder: `node --import tsx cut-off-write.ts <root>`. */
import { applyPlan } from "../../../src/host/writer.js";

const [, , root = ""] = process.argv;
const plan = {
  title: "Two files",
  changes: [
    { kind: "create", path: "a.ts", after: "a\n" },
    { kind: "create", path: "b.ts", after: "b\n" },
  ],
  notices: [],
  next: [],
} as const;

applyPlan(root, plan, {
  onStep: (step) => {
    if (step.includes("a.ts")) process.kill(process.pid, "SIGKILL");
  },
});
