import { defineConfig } from "vitest/config";

/** Databases start, compilers run and machines are shared: time says that something hangs, never that it is slow. */
const patience = { testTimeout: 120_000, hookTimeout: 180_000 };

/** Tests that run the built command line. */
const commandLine = ["test/cli/e2e/**/*.test.ts", "test/e2e/**/*.test.ts"];

export default defineConfig({
  test: {
    // Much of a test's time is waiting for a database or another process.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          ...patience,
          name: "sources",
          include: ["test/**/*.test.ts"],
          exclude: [...commandLine, "**/node_modules/**"],
        },
      },
      {
        test: {
          ...patience,
          name: "command-line",
          include: commandLine,
          globalSetup: "scripts/build-for-tests.ts",
        },
      },
    ],
  },
});
