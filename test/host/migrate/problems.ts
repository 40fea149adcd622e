import { isAshlarError, type Problem } from "../../../src/support/problem.js";

/** The problems that a call is refused with. */
export async function problemsOf(run: () => Promise<unknown>): Promise<readonly Problem[]> {
  const error: unknown = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isAshlarError(error)) return error.problems;
  throw new Error("nothing was refused", { cause: error });
}
