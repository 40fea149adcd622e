import type { NewRequest } from "../../../src/generator/new/new-request.js";
import { planNew } from "../../../src/generator/plan-new.js";
import { isWrite, type Plan } from "../../../src/generator/plan.js";
import { createStandaloneFormat } from "../../../src/host/format/prettier-engine.js";
import { createTemplateSource } from "../../../src/host/templates.js";

export const versions = {
  "@electric-sql/pglite": "^0.5.0",
  "@types/node": "^20.0.0",
  knex: "^3.3.0",
  libsql: "^0.5.0",
  pg: "^8.0.0",
  tsx: "^4.0.0",
  typescript: "^5.9.0",
};

/** The plan of a project called shop, without the example unless asked for. */
export async function planProject(request: Partial<NewRequest> = {}): Promise<Plan> {
  const format = await createStandaloneFormat({});
  const formatNew = async (path: string, text: string) => (path.endsWith(".ts") ? format(path, text) : text);
  const packages = { ashlar: "^0.1.0", versions };
  return planNew(
    { folder: "shop", folderName: "shop", example: false, install: true, packages, ...request },
    {
      templates: createTemplateSource(),
      formatter: { formatNew, formatPatched: (path, _before, after) => formatNew(path, after) },
      now: new Date("2026-11-22T19:00:00Z"),
    },
  );
}

/** The files of a plan: text by path. */
export function readPlan({ changes }: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(changes.filter(isWrite).map(({ path, after }) => [path, after]));
}
