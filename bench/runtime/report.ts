import { type ComparedOperation, comparedOperations } from "./comparison.js";
import type { ContenderName } from "./contenders.js";
import { type Growth, parentCounts } from "./growth.js";
import type { Sample } from "./job.js";
import type { ContenderSummary, OperationSummary } from "./summary.js";
import { comparisonTargets, streamMegabytes } from "./targets.js";

const nameWidth = 10;

/** The table of the comparison, and below it whether ashlar reaches what it has to. */
export function renderComparison(summaries: readonly ContenderSummary[]): string {
  const heads = comparedOperations.map((name) => `${name.padStart(9)} ms  x pg  sent`);
  const head = ["".padEnd(nameWidth), ...heads, "  peak MB"].join("");
  const ashlar = summaries.find(({ contender }) => contender === "ashlar");
  const targets = comparedOperations.map((name) => ashlar && renderTarget(name, ashlar.operations[name]));
  return [head, ...summaries.map(renderSummary), "", ...targets].join("\n").trimEnd();
}

function renderSummary({ contender, operations, peakMegabytes }: ContenderSummary): string {
  const cells = comparedOperations.map((name) => {
    const { milliseconds, ratio, statements } = operations[name];
    return [formatNumber(milliseconds, 12, 2), formatNumber(ratio, 6, 2), formatNumber(statements, 6)].join(
      "",
    );
  });
  return [contender.padEnd(nameWidth), ...cells, formatNumber(peakMegabytes, 9)].join("");
}

function renderTarget(name: ComparedOperation, { ratio, statements }: OperationSummary): string {
  const target = comparisonTargets[name];
  const isMet = ratio <= target.ratio && statements === (target.statements ?? statements);
  const exactly = target.statements === undefined ? "" : ` in exactly ${target.statements}`;
  const wanted = `<= ${target.ratio.toFixed(1)}${exactly}`;
  return `ashlar's ${name}: ${ratio.toFixed(2)} times pg in ${statements} sent; ${wanted}: ${renderVerdict(isMet)}`;
}

/** What a stream took and held. */
export function renderStream(contender: ContenderName, rows: number, sample: Sample): string {
  const { milliseconds, statements, peakMegabytes } = sample;
  const isMet = peakMegabytes < streamMegabytes;
  const verdict = contender === "ashlar" ? `; under ${streamMegabytes}: ${renderVerdict(isMet)}` : "";
  const seconds = (milliseconds / 1000).toFixed(1);
  return `${contender.padEnd(nameWidth)}${rows} rows in ${seconds} s, ${statements} sent, peak ${peakMegabytes.toFixed(0)} MB${verdict}`;
}

/** Time per parent for each count of parents, and the last as a multiple of the first. */
export function renderGrowth(growths: readonly Growth[]): string {
  const head = `${"parents".padEnd(nameWidth)}${parentCounts.map((count) => formatNumber(count, 12)).join("")}   last / first`;
  const lines = growths.map(({ contender, timesPerParent }) => {
    const times = timesPerParent.map((time) => `${formatNumber(time, 9, 1)} µs`);
    const factor = (timesPerParent.at(-1) ?? Number.NaN) / (timesPerParent[0] ?? Number.NaN);
    return [contender.padEnd(nameWidth), ...times, formatNumber(factor, 15, 2)].join("");
  });
  return [head, ...lines].join("\n");
}

function renderVerdict(isMet: boolean): string {
  return isMet ? "met" : "MISSED";
}

function formatNumber(value: number, width: number, digits = 0): string {
  return value.toFixed(digits).padStart(width);
}
