import type { Plugin } from "rolldown";

const entry = /[/\\]jiti[/\\]lib[/\\]jiti-static\.mjs$/;

const replacements: readonly (readonly [string, string])[] = [
  // `import()` has no loader behind it in a script that comes from V8's cache; the executable leaves its own.
  ["(id) => import(id)", `(id) => globalThis[Symbol.for("ashlar.importModule")](id)`],
  // A file that was transformed before is read from jiti's own cache, without Babel.
  [
    `import _babelTransform from "../dist/babel.cjs";`,
    `const _babelTransform = (options) => require("../dist/babel.cjs")(options);`,
  ],
];

/** Lets jiti, which loads a project's TypeScript, run inside the bundle. */
export function adaptJiti(): Plugin {
  return {
    name: "adapt-jiti",
    transform: { filter: { id: entry }, handler: (code) => replacements.reduce(replace, code) },
  };
}

function replace(code: string, [from, to]: readonly [string, string]): string {
  if (!code.includes(from)) throw new Error(`jiti has changed: there is no ${from} in its static entry.`);
  return code.replace(from, to);
}
