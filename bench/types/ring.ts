/**
 * What a ring of resources costs the compiler, beside the same ring in drizzle-orm.
 *
 *     npx tsx bench/types/ring.ts [resources] [rounds]
 *
 * Every round compiles both rings, each first in its turn; the ratio is the median of the rounds' own ratios. On a busy
 * machine the best round of each says more, so the ratio of these stands beside it.
 */
import { buildAshlarRing, buildDrizzleRing } from "./ring-files.js";
import {
  type Compilation,
  type CompilerVersion,
  createTypeWorkspace,
  measureDeclarations,
  runCompiler,
  writeProject,
} from "./type-project.js";

/** Version 7 checks with four checkers at once, which a busy machine cannot give it: hence also with one. */
const SETUPS: readonly Setup[] = [
  { title: "TypeScript 5.9", version: "5.9", options: [] },
  { title: "TypeScript 7.0", version: "7.0", options: [] },
  { title: "TypeScript 7.0 --singleThreaded", version: "7.0", options: ["--singleThreaded"] },
];

interface Setup {
  readonly title: string;
  readonly version: CompilerVersion;
  readonly options: readonly string[];
}

interface Round {
  readonly ashlar: Compilation;
  readonly drizzle: Compilation;
}

const [size = 200, rounds = 5] = process.argv.slice(2).map(Number);
const workspace = await createTypeWorkspace();
try {
  const ashlar = await writeProject(workspace, "ashlar", buildAshlarRing(size));
  const drizzle = await writeProject(workspace, "drizzle", buildDrizzleRing(size));
  console.log(`${String(size)} resources and ${String(size)} join resources, ${String(rounds)} rounds`);
  for (const setup of SETUPS) report(setup, await runRounds(setup, ashlar, drizzle));
  console.log(`\ndeclarations: ${await describeSize(ashlar)} to ${await describeSize(drizzle)}`);
} finally {
  await workspace.dispose();
}

async function runRounds({ version, options }: Setup, ashlar: string, drizzle: string): Promise<Round[]> {
  const results: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [ashlar, drizzle] : [drizzle, ashlar];
    const one = await runCompiler(version, first, options);
    const other = await runCompiler(version, second, options);
    results.push(first === ashlar ? { ashlar: one, drizzle: other } : { ashlar: other, drizzle: one });
  }
  return results;
}

function report({ title }: Setup, results: readonly Round[]): void {
  console.log(`\n${title}: ashlar to drizzle-orm`);
  console.log(`  errors          ${describePair(results, ({ errors }) => errors.length, 0)}`);
  console.log(`  instantiations  ${describePair(results, ({ instantiations }) => instantiations, 0)}`);
  console.log(`  check time      ${describePair(results, ({ checkSeconds }) => checkSeconds, 2)}`);
  console.log(`  total time      ${describePair(results, ({ totalSeconds }) => totalSeconds, 2)}`);
}

function describePair(
  results: readonly Round[],
  read: (compilation: Compilation) => number,
  digits: number,
): string {
  const ours = results.map(({ ashlar }) => read(ashlar));
  const theirs = results.map(({ drizzle }) => read(drizzle));
  const medians = `${findMedian(ours).toFixed(digits)} to ${findMedian(theirs).toFixed(digits)}`;
  if (Math.max(...theirs) === 0) return medians;
  const ratio = findMedian(results.map(({ ashlar, drizzle }) => read(ashlar) / read(drizzle)));
  const best = Math.min(...ours) / Math.min(...theirs);
  return `${medians}, ratio ${ratio.toFixed(2)} (best rounds ${best.toFixed(2)})`;
}

function findMedian(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function describeSize(project: string): Promise<string> {
  return `${((await measureDeclarations(project)) / 1_000_000).toFixed(2)} MB`;
}
