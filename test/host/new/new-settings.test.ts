import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decideProject } from "../../../src/generator/new/new-project.js";
import { openSettings } from "../../../src/host/detect.js";
import { createDiskTree } from "../../../src/host/disk-tree.js";
import { applyPlan } from "../../../src/host/writer.js";
import { planProject, versions } from "../../generator/new/new-plans.js";
import { createTemporaryFolder } from "../temporary-project.js";

test.each(["pglite", "sqlite", "postgres"])(
  "the settings that a new project on %s is planned with are those found in it, with or without ashlar.config.json",
  async (database) => {
    const request = { folder: "shop", folderName: "shop", database, example: true, install: false };
    const planned = decideProject({ ...request, packages: { ashlar: "^1.0.0", versions } }).settings;
    const root = join(createTemporaryFolder(), "shop");
    applyPlan(root, await planProject(request));
    expect((await openSettings(root, createDiskTree(root))).settings).toEqual(planned);
    rmSync(join(root, "ashlar.config.json"));
    expect((await openSettings(root, createDiskTree(root))).settings).toEqual(planned);
  },
);
