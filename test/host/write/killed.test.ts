import { once } from "node:events";
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { recover, type Recovery } from "../../../src/host/recovery.js";
import { applyPlan } from "../../../src/host/writer.js";
import { createProjectFolder, createTemporaryFolder, readWholeTree } from "../temporary-project.js";
import { buildKillableProgram, type Action, type KillableProgram } from "./killable-program.js";
import { foreignFile, oldFiles, wholePlan } from "./plans.js";

const timeout = 240_000;
let program: KillableProgram;

beforeAll(async () => {
  program = await buildKillableProgram();
  return () => program.remove();
});

/** Projects whose writer was killed: one for each step from the first on. */
function* killAtEachStep(action: Action, { prepare = () => createProjectFolder(oldFiles), first = 1 } = {}) {
  const { steps } = program.run(action, prepare(), 0);
  for (let step = first; step <= steps; step += 1) {
    const root = prepare();
    expect(program.run(action, root, step).wasKilled, `step ${step} of ${steps}`).toBe(true);
    yield { root, step };
  }
}

function readTrees() {
  const root = createProjectFolder(oldFiles);
  const before = readWholeTree(root);
  applyPlan(root, wholePlan);
  return { before, after: readWholeTree(root) };
}

describe("a write that is killed", () => {
  test(
    "leaves, after recovery, the old project or the new one, whole, which can be written to again",
    { timeout },
    () => {
      const { before, after } = readTrees();
      const outcomes: Recovery["outcome"][] = [];
      for (const { root, step } of killAtEachStep("apply")) {
        const recovery = recover(root);
        const tree = readWholeTree(root);
        const isNew = "migrations/" in tree;
        expect(tree, `after step ${step}`).toEqual(isNew ? after : before);
        if (recovery !== undefined) {
          expect(recovery.outcome).toBe(isNew ? "finished" : "undone");
          outcomes.push(recovery.outcome);
        }
        expect(recover(root), "nothing is left to recover").toBeUndefined();
        if (!isNew) applyPlan(root, wholePlan);
        expect(readWholeTree(root), `written again after step ${step}`).toEqual(after);
      }
      expect(outcomes.filter((outcome) => outcome === "undone").length).toBeGreaterThan(10);
      expect(outcomes.filter((outcome) => outcome === "finished").length).toBeGreaterThan(10);
    },
  );

  test("comes back whole when the recovery is killed too, at whichever step", { timeout }, () => {
    const { before, after } = readTrees();
    const { steps } = program.run("apply", createProjectFolder(oldFiles), 0);
    for (const share of [0.4, 0.7]) {
      const broken = createProjectFolder(oldFiles);
      program.run("apply", broken, Math.floor(steps * share));
      const copy = () => {
        const root = join(createTemporaryFolder(), "project");
        cpSync(broken, root, { recursive: true });
        return root;
      };
      for (const { root, step } of killAtEachStep("recover", { prepare: copy })) {
        recover(root);
        const tree = readWholeTree(root);
        expect(tree, `after ${step} of the recovery`).toEqual("migrations/" in tree ? after : before);
      }
    }
  });
});

describe("a write that was killed after it was committed", () => {
  test("is finished from the journal alone, should the temporary files be gone", () => {
    const { after } = readTrees();
    const root = createProjectFolder(oldFiles);
    program.run("apply", root, findStep("journal committed"));
    const temporaries = Object.keys(readWholeTree(root)).filter((path) => path.endsWith(".tmp"));
    expect(temporaries).toHaveLength(5);
    for (const path of temporaries) rmSync(join(root, path));
    rmSync(join(root, "migrations"), { recursive: true });
    expect(recover(root)?.outcome).toBe("finished");
    expect(readWholeTree(root)).toEqual(after);
  });
});

test("a write into a new folder that is killed leaves no folder behind", () => {
  const root = join(createTemporaryFolder(), "app");
  program.run("create", root, findStep("journal staged"));
  expect(existsSync(root)).toBe(true);
  expect(recover(root)?.outcome).toBe("undone");
  expect(existsSync(root)).toBe(false);
});

test("a write begun over one that was killed ends that one first", () => {
  const { after } = readTrees();
  for (const step of [1, 2, 3, findStep("journal staged"), findStep("mkdir src/works/deep"), 12]) {
    const root = createProjectFolder(oldFiles);
    program.run("apply", root, step);
    applyPlan(root, wholePlan);
    expect(readWholeTree(root), `killed after step ${step}`).toEqual(after);
  }
});

describe("two processes at once", () => {
  test("exclude each other: the second is told who holds the project, and writes nothing", async () => {
    const root = createProjectFolder(oldFiles);
    const first = await program.start("apply", root, 8);
    const during = readWholeTree(root);
    const held = expect.objectContaining({ code: "lock.held" }) as unknown;
    expect(catchError(() => applyPlan(root, wholePlan))).toEqual(held);
    expect(catchError(() => recover(root))).toEqual(held);
    expect(readWholeTree(root)).toEqual(during);
    const ended = once(first, "exit");
    first.kill("SIGKILL");
    await ended;
    expect(recover(root)?.outcome).toBe("undone");
  });

  test("read on while the other has changed nothing yet", async () => {
    const root = createProjectFolder(oldFiles);
    const first = await program.start("apply", root, 1);
    expect(recover(root)).toBeUndefined();
    const ended = once(first, "exit");
    first.kill("SIGKILL");
    await ended;
  });
});

describe("a write that someone else disturbs, and that is then killed", () => {
  test("is undone but for the other's file, or stops and leaves everything to see", { timeout }, () => {
    const { before } = readTrees();
    const foreign = {
      [foreignFile.path]: `644 ${foreignFile.text}`,
      "src/works/": "",
      "src/works/deep/": "",
    };
    const undone = Object.fromEntries(Object.entries({ ...before, ...foreign }).sort());
    const seen = new Set<string>();
    for (const { root, step } of killAtEachStep("disturb", {
      first: findStep("place src/accounts/accounts.ts"),
    })) {
      const { ".ashlar-lock": _, ...killed } = readWholeTree(root);
      const outcome = attemptRecovery(root);
      seen.add(outcome);
      const expected = { undone, nothing: killed, conflict: killed }[outcome];
      expect(readWholeTree(root), `after step ${step}`).toEqual(expected);
    }
    expect(seen).toEqual(new Set(["undone", "conflict", "nothing"]));
  });
});

/** The number of the step that a write calls so. */
function findStep(name: string): number {
  const steps: string[] = [];
  applyPlan(createProjectFolder(oldFiles), wholePlan, { onStep: (step) => steps.push(step) });
  expect(steps).toContain(name);
  return steps.indexOf(name) + 1;
}

function catchError(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

function attemptRecovery(root: string): "undone" | "nothing" | "conflict" {
  try {
    const recovery = recover(root);
    return recovery === undefined ? "nothing" : "undone";
  } catch (error) {
    expect(error).toMatchObject({ code: "recovery.conflict" });
    return "conflict";
  }
}
