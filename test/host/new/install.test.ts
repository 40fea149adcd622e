import { expect, test } from "vitest";
import { installPackages } from "../../../src/host/new/install.js";
import { createProjectFolder } from "../temporary-project.js";

test("an installation that fails says what to type", async () => {
  const root = createProjectFolder({
    "package.json": JSON.stringify({ name: "shop", dependencies: { missing: "file:./missing.tgz" } }),
  });
  await expect(installPackages(root, "shop")).rejects.toMatchObject({
    kind: "failure",
    problems: [
      {
        code: "new.install.failed",
        message: expect.stringMatching(/^The files are written, but npm install ended with exit code \d+\.$/),
        hint: "Once the cause is gone: cd shop && npm install",
      },
    ],
  });
});
