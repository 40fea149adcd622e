/**
 * What a command costs from start to end: `npm run bench:startup [-- rounds]`. Machines differ and are shared, so each
 * run is divided by a `node -e 0` run just before it, and the median of these ratios is what counts.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { x } from "tinyexec";
import { createStartupProject, type StartupProject } from "./startup-project.js";

const executable = resolve("bin/ashlar.js");

const recipe = [
  ...["gen", "resource", "Accounts", "UserTask", "--primary-key", "user_id,task_id"],
  ...["--attributes", "user_id:uuid:required", "--attributes", "task_id:uuid:required"],
];

/** One thing to measure. */
interface Measure {
  readonly name: string;
  readonly target?: string;
  readonly args: readonly string[];
  readonly project: StartupProject;
  /** Does each run start from the project as it was? */
  readonly isFresh: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** What one round took, in milliseconds. */
interface Sample {
  readonly base: number;
  readonly time: number;
}

function listMeasures(folder: string): readonly Measure[] {
  const small = createStartupProject(join(folder, "small"), 20);
  const large = createStartupProject(join(folder, "large"), 2000);
  const off = { ASHLAR_CACHE_DIR: "off" };
  return [
    { name: "--help", target: "<= 1.6", args: ["--help"], project: small, isFresh: false },
    { name: "the recipe", target: "<= 5", args: recipe, project: small, isFresh: true },
    { name: "the recipe again", args: recipe, project: small, isFresh: false },
    { name: "the recipe, 2,000 resources", args: recipe, project: large, isFresh: true },
    { name: "the recipe, without the code cache", args: recipe, project: small, isFresh: true, env: off },
  ];
}

async function takeSample({ project, isFresh, args, env = {} }: Measure): Promise<Sample> {
  if (isFresh) project.reset();
  const base = await timeNode(["-e", "0"], project.root, {});
  return { base, time: await timeNode([executable, ...args], project.root, env) };
}

async function timeNode(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const start = performance.now();
  await x(process.execPath, [...args], {
    nodeOptions: { cwd, env: { ...process.env, ...env } },
    throwOnError: true,
  });
  return performance.now() - start;
}

function findMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function describeMeasure({ name, target = "" }: Measure, samples: readonly Sample[]): string {
  const ratio = findMedian(samples.map(({ base, time }) => time / base)).toFixed(2);
  const time = findMedian(samples.map((sample) => sample.time)).toFixed(0);
  return `${name.padEnd(36)}${ratio.padStart(6)}  ${target.padEnd(8)}${time.padStart(6)} ms`;
}

async function bench(folder: string, rounds: number): Promise<void> {
  const measures = listMeasures(folder);
  const samples = measures.map((): Sample[] => []);
  for (const measure of measures) await takeSample(measure);
  for (let round = 0; round < rounds; round++) {
    for (const [index, measure] of measures.entries()) samples[index]?.push(await takeSample(measure));
  }
  const [, few = [], , many = []] = samples;
  const growth = many.map(({ time }, round) => time / (few[round]?.time ?? Number.NaN));
  console.log(`median of ${rounds} rounds, as a multiple of node -e 0, Node ${process.version}\n`);
  for (const [index, measure] of measures.entries())
    console.log(describeMeasure(measure, samples[index] ?? []));
  console.log(`\n2,000 resources against 20: ${findMedian(growth).toFixed(2)}  <= 1.3`);
}

const folder = mkdtempSync(join(tmpdir(), "ashlar-startup-"));
try {
  await bench(folder, Number(process.argv[2] ?? 15));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
