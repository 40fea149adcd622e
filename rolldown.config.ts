import type { RolldownOptions } from "rolldown";
import { adaptJiti } from "./scripts/bundle/adapt-jiti.js";
import { finishChunks } from "./scripts/bundle/finish-chunks.js";
import { gatherLicenses } from "./scripts/bundle/gather-licenses.js";
import { lightHelp } from "./scripts/bundle/light-help.js";
import { listEntries } from "./scripts/bundle/list-entries.js";
import { typescriptParser } from "./scripts/bundle/typescript-parser.js";

/** What belongs to the user's project is taken from there. */
const external = [
  /^node:/,
  /^knex(?:\/|$)/,
  "@electric-sql/pglite",
  "libsql",
  "pg",
  "better-sqlite3",
  "prettier",
];

/** The command line: CommonJS, for V8 caches no other code, in chunks that load when they are needed. */
const commandLine: RolldownOptions = {
  input: { main: "src/cli/main.ts", testing: "src/testing/index.ts", project: "src/host/load/child/main.ts" },
  platform: "node",
  external,
  checks: { pluginTimings: false },
  transform: { define: { "import.meta.resolve": "undefined" } },
  plugins: [
    lightHelp(),
    adaptJiti(),
    typescriptParser(),
    finishChunks(),
    listEntries(["testing"]),
    gatherLicenses(),
  ],
  output: {
    dir: "dist",
    format: "cjs",
    entryFileNames: "cli/[name]-[hash].cjs",
    chunkFileNames: "cli/[name]-[hash].cjs",
    codeSplitting: {
      groups: [
        { name: "ts-morph", test: /node_modules\/(?:@?ts-morph|code-block-writer)\// },
        { name: "start", test: /src\/cli\/(?:parse-command|report\/bug-notice)\.ts$/ },
        { name: "typescript-parser", test: /typescript-module$/ },
      ],
    },
    comments: false,
  },
};

/** What runs those chunks; Node compiles it itself, so it stays small. */
const loader: RolldownOptions = {
  input: { loader: "src/cli/loader/index.ts" },
  platform: "node",
  output: {
    dir: "dist",
    format: "cjs",
    entryFileNames: "cli/[name].cjs",
    comments: false,
    minify: { mangle: false, compress: true },
  },
};

export default [commandLine, loader];
