import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { runOrFail } from "./new-processes.js";

const checkout = resolve(import.meta.dirname, "../..");

/** The executable of this checkout. */
export const checkoutExecutable = join(checkout, "bin/ashlar.js");

/** Packs ashlar as it is published, from what has been built; gives the file. */
export async function packAshlar(folder: string): Promise<string> {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(await runOrFail("npm", args, { cwd: checkout })) as { filename: string }[];
  if (packed === undefined) throw new Error("npm packed nothing.");
  return join(folder, packed.filename);
}

/** Unpacks ashlar into a folder's `node_modules`, without the packages it works with; gives the executable. */
export async function unpackAshlar(folder: string): Promise<string> {
  const installed = join(folder, "node_modules/ashlar");
  mkdirSync(installed, { recursive: true });
  const file = await packAshlar(folder);
  await runOrFail("tar", ["-xzf", file, "-C", installed, "--strip-components=1"], { cwd: folder });
  return join(installed, "bin/ashlar.js");
}
