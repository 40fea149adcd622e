import type { GeneratorContext } from "../context.js";
import type { Notice } from "../plan.js";
import type { Staging } from "../staging.js";
import type { ExistingSchema } from "./existing-schema.js";

/** Stages the SQL that a database needs before the tables can be made in it; a file that is there is left alone. */
export function stagePrerequisites(
  staging: Staging,
  { prerequisites }: ExistingSchema,
  { files, settings }: GeneratorContext,
): readonly Notice[] {
  if (prerequisites.length === 0) return [];
  const path = `${settings.migrations}/snapshot/prerequisites.sql`;
  const text = `${head}\n${prerequisites.map((statement) => `${statement.replace(/;\s*$/, "")};\n`).join("\n")}`;
  const before = files.read(path);
  staging.write(path, before ?? text);
  if (before === undefined || before === text) return [];
  return [
    {
      code: "prerequisites.kept",
      severity: "notice",
      message: `"${path}" is there already and was left as it is.`,
      hint: "To have it written anew, delete it and run this again.",
    },
  ];
}

const head =
  "-- What the tables need and no migration makes; databases that migrations are tried on get it first.\n";
