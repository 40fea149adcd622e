import { fc } from "../../fast-check.js";
import prettier from "prettier";
import { expect, test } from "vitest";
import { applyPatches } from "../../../src/generator/patch/apply-patches.js";
import { attributes, contents, hands, recipe, writeFile } from "./written-file.js";

const path = "src/accounts/user.ts";

const configurations = fc.record({
  printWidth: fc.integer({ min: 80, max: 120 }),
  semi: fc.boolean(),
  singleQuote: fc.boolean(),
  bracketSpacing: fc.boolean(),
  trailingComma: fc.constantFrom("all", "none"),
  endOfLine: fc.constantFrom("lf", "crlf"),
  useTabs: fc.boolean(),
});

test("a file that was clean under a project's Prettier stays clean", async () => {
  await fc.assert(
    fc.asyncProperty(
      contents,
      hands,
      configurations,
      attributes,
      async (content, hand, configuration, added) => {
        const options = { ...configuration, parser: "typescript" };
        const before = await prettier.format(writeFile(content, hand), options);
        const outcome = applyPatches(before, { path, printWidth: configuration.printWidth }, [
          ...recipe,
          added,
        ]);
        const after = outcome.kind === "changed" ? outcome.text : before;
        expect(outcome.kind).not.toBe("failed");
        expect(after).toBe(await prettier.format(after, options));
      },
    ),
  );
});
