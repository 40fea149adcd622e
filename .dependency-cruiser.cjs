/** Which folder of src may import which; a folder may always import itself. Types follow the same direction. */
const layers = {
  support: [],
  runtime: ["support"],
  databases: ["support"],
  migrations: ["support", "runtime"],
  generator: ["support", "runtime", "migrations"],
  host: ["support", "runtime", "databases", "migrations", "generator"],
  cli: ["support", "runtime", "databases", "migrations", "generator", "host"],
  testing: ["support", "runtime", "migrations", "generator", "host", "cli"],
};

const directions = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports-downwards`,
  comment: `src/${layer} imports ${allowed.length === 0 ? "no other layer" : `only ${allowed.join(", ")}`}.`,
  severity: "error",
  from: { path: `^src/${layer}/` },
  to: { path: "^src/", pathNot: `^src/(?:${[layer, ...allowed].join("|")})/` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...directions,
    {
      name: "no-value-cycles",
      comment: "Modules that need each other to run; types may refer to each other.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "runtime-stays-light",
      comment: "An application loads the runtime and Knex, nothing of the generator's.",
      severity: "error",
      from: { path: "^src/(?:runtime|support)/" },
      to: { path: "node_modules", pathNot: "node_modules/(?:knex|@types)/" },
    },
    {
      name: "pure-layers-stay-off-the-disk",
      comment:
        "Only host, databases and the locks they share touch the disk; the command line's loader runs before both.",
      severity: "error",
      from: { path: "^src/(?:runtime|migrations|generator|cli)/", pathNot: "^src/cli/loader/" },
      to: { path: "^(?:node:)?(?:fs|fs/promises|child_process)$" },
    },
    {
      name: "no-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
