import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const FILES = ["user", "task", "user-task"] as const;

/** Imports the circle from one of its files in a fresh Node and tells where every relationship leads. */
async function readCircle(first: (typeof FILES)[number]): Promise<unknown> {
  const code = `
    const modules = [];
    for (const file of ${JSON.stringify([first, ...FILES])}) modules.push(await import("./" + file + ".ts"));
    const definitions = new Set(modules.flatMap(Object.values).map((resource) => resource.definition));
    const lead = ({ name, kind, destination }) => [name, kind, destination.name].join(" ");
    const leads = [...definitions].map(({ name, relationships }) => [name, relationships.map(lead)]);
    console.log(JSON.stringify(Object.fromEntries(leads)));
  `;
  const args = ["--import", "tsx", "--input-type=module", "--eval", code];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: join(import.meta.dirname, "circle"),
  });
  return JSON.parse(stdout);
}

describe("resources in files that import each other in a circle", () => {
  it.each(FILES)(
    "are complete when %s.ts is imported first",
    async (first) => {
      expect(await readCircle(first)).toEqual({
        User: ["userTasks hasMany UserTask", "tasks manyToMany Task"],
        Task: [
          "parent belongsTo Task",
          "children hasMany Task",
          "userTasks hasMany UserTask",
          "users manyToMany User",
        ],
        UserTask: ["user belongsTo User", "task belongsTo Task"],
      });
    },
    30_000,
  );
});
