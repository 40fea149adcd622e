import { beforeEach } from "vitest";
import type { ManageOptions, Repo } from "../../../src/runtime/index.js";
import type { DatabaseKind } from "../../databases/engines.js";
import { useShop, type Shop } from "../open-shop.js";
import { seedShop, User, UserTask, type Task } from "../shop.js";

const tables = ["profiles", "comments", "follows", "user_tasks", "tasks", "categories", "users"];

/** A shop whose tables hold the rows of `seedShop`, and no others, at the beginning of every test. */
export function useFreshShop(kind: DatabaseKind): () => Shop {
  const shop = useShop(kind, { seed: async () => {} });
  beforeEach(async () => {
    const { knex } = shop().database;
    for (const table of tables) await knex(table).delete();
    await seedShop(knex);
  });
  return shop;
}

/** The join rows as `"ada Write owner"`: who, what, the role; sorted. */
export async function listJoins(repo: Repo): Promise<string[]> {
  const rows = await repo.query(UserTask).load("user").load("task").read();
  return rows
    .map(({ user, task, role }) => `${user?.name ?? "Cem"} ${task?.title ?? ""} ${role ?? "-"}`)
    .toSorted();
}

/** Manages a relationship of a user by inputs and options of any kind; gives the user then. */
export async function manage(
  repo: Repo,
  id: string,
  input: unknown,
  options: ManageOptions,
  name: "tasks" | "following" | "comments" | "userTasks" | "profile" = "tasks",
): Promise<Record<string, unknown>> {
  const user = await repo.get(User, id);
  const record = await repo
    .changeset(User, user)
    .forUpdate()
    .manageRelationship(name, input as never, options as never)
    .update();
  return record as unknown as Record<string, unknown>;
}

/** The titles and roles of a user's tasks as the record holds them: `"Write owner"`. */
export function listTasks(record: object): string[] {
  const { tasks } = record as { readonly tasks: readonly (Task & { readonly $join: UserTask })[] };
  return tasks.map(({ title, $join }) => `${title} ${$join.role ?? "-"}`);
}
