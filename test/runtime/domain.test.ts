import { describe, expect, it } from "vitest";
import { domain, type AnyResource } from "../../src/runtime/index.js";
import { Task, User } from "../types/fixtures/recipe.js";

describe("a domain", () => {
  it("is a frozen group of resources under a name", () => {
    const resources = [User, Task];
    const works = domain("Works", { resources });
    expect(works).toStrictEqual({ name: "Works", resources: [User, Task] });
    expect(works.resources).not.toBe(resources);
    expect(Object.isFrozen(works) && Object.isFrozen(works.resources)).toBe(true);
  });

  it("refuses what is not a resource, all at once", () => {
    const resources = [User, undefined, {}] as AnyResource[];
    expect(() => domain("Works", { resources })).toThrow(
      expect.objectContaining({
        problems: [
          {
            code: "domain.resource.invalid",
            message: `Entry 2 of the resources of "Works" is not a resource.`,
            hint: "List classes that extend resource({…}); undefined means that two files import each other in a circle.",
          },
          expect.objectContaining({ message: `Entry 3 of the resources of "Works" is not a resource.` }),
        ],
      }),
    );
  });
});
