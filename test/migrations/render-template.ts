import { readFileSync } from "node:fs";
import ejs from "ejs";
import type { RenderTemplate } from "../../src/migrations/render.js";

/** Fills the templates that ship. */
export const renderTemplate: RenderTemplate = (path, locals) =>
  ejs.render(readFileSync(new URL(`../../templates/${path}`, import.meta.url), "utf8"), locals);
