import ejs from "ejs";
import { failure } from "../support/problem.js";
import type { GeneratorContext } from "./context.js";

/** Where a project keeps the templates that win over the shipped ones. */
const overrideFolder = "templates/ashlar";

/**
 * Renders the template of a path, such as `resource/resource.ts.ejs`: the project's own in `templates/ashlar/` where
 * there is one, else the shipped one. Throws `template.failed` with the template's path and what EJS says.
 */
export function renderTemplate(
  { files, templates }: Pick<GeneratorContext, "files" | "templates">,
  path: string,
  locals: object,
): string {
  const override = `${overrideFolder}/${path}`;
  const own = files.read(override);
  const text = own ?? templates.read(path);
  const shown = own === undefined ? `ashlar's ${path}` : override;
  if (text === undefined) {
    throw failure({
      code: "template.missing",
      message: `There is no template "${path}".`,
      hint: "Reinstall ashlar.",
    });
  }
  try {
    return ejs.render(text, locals, { escape: String, filename: shown });
  } catch (error) {
    throw failure({
      code: "template.failed",
      message: `The template "${shown}" could not be rendered: ${error instanceof Error ? error.message : String(error)}`,
      hint: own === undefined ? "This is a bug in ashlar." : `Mend it, or delete it to use ashlar's own.`,
    });
  }
}
