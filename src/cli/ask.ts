/**
 * Asks at the terminal, on stderr. False for no, and for Ctrl-C or Esc.
 *
 * @example
 * if (await askToGoOn("Write these 6 files?")) applyPlan(root, plan);
 */
export async function askToGoOn(message: string): Promise<boolean> {
  const { confirm } = await import("@clack/prompts");
  return (await confirm({ message, output: process.stderr })) === true;
}
