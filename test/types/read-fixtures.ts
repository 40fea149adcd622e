import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProjectFiles } from "../../bench/types/ring-files.js";

const FIXTURES = join(import.meta.dirname, "fixtures");

/** The fixtures as a user of the package would write them. */
export async function readFixtures(): Promise<ProjectFiles> {
  const names = await readdir(FIXTURES);
  const texts = names.map(async (name): Promise<[string, string]> => {
    const text = await readFile(join(FIXTURES, name), "utf8");
    return [name, text.replaceAll("../../../src/runtime/index.js", "ashlar")];
  });
  return new Map(await Promise.all(texts));
}
