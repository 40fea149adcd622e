import fc from "fast-check";

/**
 * fast-check with one seed for all: the tests of a change try what the tests of the last one tried, so that a failure is
 * the change's. A soak draws another each time, and so does whoever sets `SEED=random`; `SEED=<number>` repeats a run.
 */
function chooseSeed(): number {
  const given = process.env["SEED"] ?? (process.env["ASHLAR_SOAK"] === undefined ? "20261123" : "random");
  return given === "random" ? Date.now() % 2 ** 31 : Number(given);
}

fc.configureGlobal({ seed: chooseSeed() });

export { fc };
