export type { Settings } from "../generator/settings.js";
export type { Notice } from "../generator/plan.js";
export type { Location, Problem } from "../support/problem.js";
export { ashlarSerializer } from "./serializer.js";
export { testProject, type TestProject, type TestProjectOptions } from "./test-project.js";
export type { TestRun } from "./test-run.js";
