/**
 * What migrations cost: `npm run bench:migrations [-- rounds]`. Every figure is the median of its rounds, in which the
 * contenders take turns; what counts are the ratios of one run, since machines differ and are shared.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  createBenchProject,
  createDrizzleProject,
  createMigratedProject,
} from "./migrations/bench-project.js";
import { type Cost, type Run, runMeasured } from "./migrations/measured-run.js";
import { findMedian } from "./runtime/statistics.js";

const executable = resolve("bin/ashlar.js");
const drizzleKit = resolve("node_modules/drizzle-kit/bin.cjs");

/** The counts of resources whose costs have to lie on one line. */
const [FEW, SOME, MANY] = [100, 550, 1000];

/** One thing to measure, and what makes its project as it has to be before each run. */
interface Measure {
  readonly name: string;
  readonly run: Run;
  readonly prepare?: () => void;
}

async function listMeasures(folder: string): Promise<readonly Measure[]> {
  const [few, some, many] = await Promise.all(
    [FEW, SOME, MANY].map((count) => prepareProject(folder, count)),
  );
  const drizzle = createDrizzleProject(join(folder, "drizzle"), MANY);
  await runMeasured({ args: [drizzleKit, "generate"], cwd: drizzle });
  const [short, long] = [await prepareMigrated(folder, 5), await prepareMigrated(folder, 500)];
  const check = [executable, "gen", "migrations", "--check"];
  const quiet = (project = many) => ({ prepare: () => project?.changeOne(false) });
  const written = {
    args: [executable, "gen", "migrations", "--name", "change", "--dry-run"],
    cwd: few?.root ?? "",
  };
  const changed = { prepare: () => few?.changeOne(true) };
  return [
    { name: `${FEW} resources, nothing changed`, run: { args: check, cwd: few?.root ?? "" }, ...quiet(few) },
    { name: `${SOME} resources, nothing changed`, run: { args: check, cwd: some?.root ?? "" } },
    { name: `${MANY} resources, nothing changed`, run: { args: check, cwd: many?.root ?? "" }, ...quiet() },
    {
      name: `${MANY} resources, one changed`,
      run: { args: check, cwd: many?.root ?? "", code: 3 },
      prepare: () => many?.changeOne(true),
    },
    {
      name: `drizzle-kit, ${MANY} tables, nothing changed`,
      run: { args: [drizzleKit, "generate"], cwd: drizzle },
    },
    { name: "migrate, 5 applied", run: { args: [executable, "migrate"], cwd: short } },
    { name: "migrate, 500 applied", run: { args: [executable, "migrate"], cwd: long } },
    {
      name: `${FEW} resources, one changed, not proved`,
      run: { ...written, args: [...written.args, "--no-proof"] },
      ...changed,
    },
    { name: `${FEW} resources, one changed, proved on PGlite`, run: written, ...changed },
  ];
}

async function prepareProject(folder: string, resources: number) {
  const project = createBenchProject(join(folder, `resources-${resources}`), resources);
  await runMeasured({
    args: [executable, "gen", "migrations", "--name", "begin", "--no-proof"],
    cwd: project.root,
  });
  return project;
}

async function prepareMigrated(folder: string, migrations: number): Promise<string> {
  const root = createMigratedProject(join(folder, `migrations-${migrations}`), migrations);
  await runMeasured({ args: [executable, "migrate"], cwd: root });
  return root;
}

async function takeRounds(
  measures: readonly Measure[],
  rounds: number,
): Promise<readonly (readonly Cost[])[]> {
  const costs = measures.map((): Cost[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run, prepare }] of measures.entries()) {
      prepare?.();
      costs[index]?.push(await runMeasured(run));
    }
  }
  return costs;
}

function describeMeasure({ name }: Measure, costs: readonly Cost[]): string {
  const time = findMedian(costs.map(({ milliseconds }) => milliseconds)).toFixed(0);
  const memory = findMedian(costs.map(({ megabytes }) => megabytes)).toFixed(0);
  return `${name.padEnd(48)}${time.padStart(7)} ms${memory.padStart(7)} MB`;
}

/** How much more a resource costs in the upper half than in the lower; 1 where the cost is linear. */
function findCurve(costs: readonly (readonly Cost[])[]): number {
  const [few = NaN, some = NaN, many = NaN] = costs.map(findTime);
  return (many - some) / (MANY - SOME) / ((some - few) / (SOME - FEW));
}

function findTime(costs: readonly Cost[]): number {
  return findMedian(costs.map(({ milliseconds }) => milliseconds));
}

function describeRatios(costs: readonly (readonly Cost[])[]): readonly string[] {
  const [, , quiet = NaN, changed = NaN, drizzle = NaN, five = NaN, hundreds = NaN, ...written] =
    costs.map(findTime);
  const [unproved = NaN, proved = NaN] = written;
  return [
    `a resource in the upper half to one in the lower   ${findCurve(costs).toFixed(2)}  about 1`,
    `one changed to nothing changed                     ${(changed / quiet).toFixed(2)}`,
    `ashlar to drizzle-kit, nothing changed             ${(quiet / drizzle).toFixed(2)}`,
    `500 applied to 5                                   ${(hundreds / five).toFixed(2)}  <= 1.2`,
    `the proof of one migration, in ms                  ${(proved - unproved).toFixed(0)}  < 2,000`,
  ];
}

async function bench(folder: string, rounds: number): Promise<void> {
  const measures = await listMeasures(folder);
  const costs = await takeRounds(measures, rounds);
  console.log(`median of ${rounds} rounds, Node ${process.version}; 1,000 resources: < 3,000 ms, < 400 MB\n`);
  for (const [index, measure] of measures.entries())
    console.log(describeMeasure(measure, costs[index] ?? []));
  console.log(["", ...describeRatios(costs)].join("\n"));
}

const folder = mkdtempSync(join(tmpdir(), "ashlar-migrations-"));
try {
  await bench(folder, Number(process.argv[2] ?? 5));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
