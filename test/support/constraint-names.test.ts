import { describe, expect, it } from "vitest";
import {
  checkName,
  foreignKeyName,
  identityIndexName,
  indexName,
  primaryKeyName,
} from "../../src/support/constraint-names.js";

describe("the names of constraints and indexes", () => {
  it("say what they are of", () => {
    expect(primaryKeyName("user_tasks")).toBe("user_tasks_pkey");
    expect(foreignKeyName("user_tasks", ["user_id"])).toBe("user_tasks_user_id_fkey");
    expect(indexName("user_tasks", ["user_id", "task_id"])).toBe("user_tasks_user_id_task_id_index");
    expect(identityIndexName("users", "uniqueEmail")).toBe("users_unique_email_index");
    expect(checkName("tasks", "status")).toBe("tasks_status_check");
  });

  it("stay whole up to the limit of 63 bytes", () => {
    const table = "t".repeat(58);
    expect(primaryKeyName(table)).toBe(`${table}_pkey`);
  });

  it("are shortened with a hash beyond it, the same every time", () => {
    const name = primaryKeyName("t".repeat(59));
    expect(name).toMatch(/^t{49}_[0-9a-f]{8}_pkey$/);
    expect(name).toHaveLength(63);
    expect(primaryKeyName("t".repeat(59))).toBe(name);
  });

  it("stay distinct when they are shortened", () => {
    const table = "t".repeat(80);
    expect(indexName(table, ["a"])).not.toBe(indexName(table, ["b"]));
  });

  it("count bytes, and cut between characters", () => {
    const name = indexName("größe".repeat(10), ["straße"]);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
    expect(name).not.toContain("\uFFFD");
    expect(indexName("ö".repeat(28), [])).toBe(`${"ö".repeat(28)}_index`);
    expect(indexName("ö".repeat(29), [])).not.toBe(`${"ö".repeat(29)}_index`);
  });
});
