import { describe, expect, test } from "vitest";
import { testProject } from "../../src/testing/index.js";

describe("type-checking a test project", () => {
  test("finds nothing wrong with what a generator made", async () => {
    const project = testProject({ example: true });
    await project.run("gen resource Accounts UserTask --primary-key user_id,task_id --timestamps");
    expect(await project.typecheck()).toEqual([]);
  });

  test("tells what is wrong as problems: where, with the lines around it, and without the folder of the machine", async () => {
    const project = testProject({
      files: {
        "src/a.ts": 'import { b } from "./b.js";\n\nexport const a: number = b;\n',
        "src/b.ts": 'export const b = { c: "d" };\n',
      },
    });
    const [problem, ...others] = await project.typecheck();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: "typescript.2322",
      message: "Type '{ c: string; }' is not assignable to type 'number'.",
      location: { path: "src/a.ts", line: 3, column: 14 },
      frame: expect.stringContaining("> 3 | export const a: number = b;"),
    });
  });

  test("knows what resources refuse", async () => {
    const project = testProject({ example: true });
    const user = project.read("src/accounts/user.ts");
    project.write("src/accounts/user.ts", user.replace('["email"]', '["e-mail"]'));
    expect(await project.typecheck()).toMatchObject([{ message: expect.stringContaining('"e-mail"') }]);
  });

  test("finds a file that does not parse, and a module that is not there", async () => {
    const project = testProject({ files: { "src/a.ts": 'import "./none.js";\nexport const a = ;\n' } });
    const codes = (await project.typecheck()).map(({ code }) => code);
    expect(codes).toEqual(["typescript.1109", "typescript.2882"]);
  });

  test("follows the project's own tsconfig.json, and what it extends", async () => {
    const files = {
      "tsconfig.json": `{ "extends": "./base.json", "compilerOptions": { "paths": { "#*": ["./src/*"] } } }`,
      "base.json": `{ "compilerOptions": { "strict": false, "module": "ESNext", "moduleResolution": "bundler" } }`,
      "src/a.ts": `import { b } from "#b";\nexport const a: number = b ?? null;\n`,
      "src/b.ts": "export const b = 1;\n",
      "src/repo.ts": undefined,
    };
    expect(await testProject({ files }).typecheck()).toEqual([]);
  });
});
