import { findClasses } from "../source/class-reader.js";
import type { Source } from "../source/parser.js";
import type { Refused } from "./draft.js";

/** The refusal for a class that a file does not declare. */
export function refuseMissingClass(source: Source, className: string): Refused {
  const names = findClasses(source).map(({ name }) => `"${name.text}"`);
  const there = names.length === 0 ? "It declares no class." : `It declares ${names.join(", ")}.`;
  const refusal = {
    code: "patch.class.missing",
    message: `"${source.path}" declares no class "${className}" at its top.`,
    hint: `${there} Paste the text below into the class that is meant.`,
  };
  return { kind: "refused", refusals: [refusal] };
}
