/** Whatever is related, whatever is given, by whatever rules: the rows are those that a model in memory comes to. */
import { fc } from "../../fast-check.js";
import { describe, expect, it } from "vitest";
import { databaseKinds } from "../../databases/engines.js";
import { findRefusals } from "../open-shop.js";
import { ada, Comment, insertRows, Task, User, UserTask, uuidOf, write } from "../shop.js";
import { manage, useFreshShop } from "./fresh-shop.js";

const places = [0, 1, 2, 3, 4, 5];
const ids = places.map((place) => uuidOf(300 + place));
const nowhere = uuidOf(399);

/** What one input stands for: a row by its place, one that is not there, or a new one. */
type Input = { readonly place: number; readonly form: "id" | "object" | "record" } | "nowhere" | "new";

interface Rules {
  readonly onLookup: "ignore" | "relate" | "relate_and_update";
  readonly onNoMatch: "ignore" | "create" | "error";
  readonly onMatch: "ignore" | "update" | "unrelate" | "destroy" | "error" | "no_match" | "missing";
  readonly onMissing: "ignore" | "unrelate" | "destroy" | "error";
}

interface Case {
  readonly related: readonly number[];
  readonly inputs: readonly Input[];
  readonly rules: Rules;
}

const input = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      place: fc.constantFrom(...places),
      form: fc.constantFrom("id", "object", "record"),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom("nowhere", "new") },
);

const cases: fc.Arbitrary<Case> = fc.record({
  related: fc.subarray(places),
  inputs: fc.array(input as fc.Arbitrary<Input>, { maxLength: 6 }),
  rules: fc.record<Rules>({
    onLookup: fc.constantFrom("ignore", "relate", "relate_and_update"),
    onNoMatch: fc.constantFrom("ignore", "create", "error"),
    onMatch: fc.constantFrom("ignore", "update", "unrelate", "destroy", "error", "no_match", "missing"),
    onMissing: fc.constantFrom("ignore", "unrelate", "destroy", "error"),
  }),
});

interface State {
  readonly related: Set<string>;
  /** Text by id. */
  readonly rows: Map<string, string>;
}

/** The rows as they should be afterwards; undefined where it should be refused. */
function predict({ related, inputs, rules }: Case): State | undefined {
  const state: State = {
    related: new Set(related.map((place) => ids[place] ?? "")),
    rows: new Map(ids.map((id) => [id, "old"])),
  };
  const before = new Set(state.related);
  const matched = new Set<string>();
  const seen = new Set<string>();
  let isRefused = false;
  const drop = (id: string, answer: "unrelate" | "destroy"): void => {
    state.related.delete(id);
    if (answer === "destroy") state.rows.delete(id);
  };
  const meet = (each: Exclude<Input, "nowhere" | "new">, id: string): void => {
    if (rules.onLookup !== "ignore") {
      state.related.add(id);
      if (rules.onLookup === "relate_and_update" && each.form === "object") state.rows.set(id, "changed");
    } else if (rules.onNoMatch !== "ignore") isRefused = true;
  };
  for (const each of inputs) {
    if (each === "new" || each === "nowhere") {
      const key = each === "nowhere" ? nowhere : "";
      if (key !== "" && seen.has(key)) continue;
      seen.add(key);
      if (rules.onNoMatch === "error" || (rules.onNoMatch === "create" && each === "nowhere"))
        isRefused = true;
      if (rules.onNoMatch === "create" && each === "new")
        state.rows.set(`new ${String(state.rows.size)}`, "new");
      continue;
    }
    const id = ids[each.place] ?? "";
    if (seen.has(id)) continue;
    seen.add(id);
    if (!before.has(id)) meet(each, id);
    else if (rules.onMatch !== "missing") {
      matched.add(id);
      if (rules.onMatch === "error") isRefused = true;
      if (rules.onMatch === "unrelate" || rules.onMatch === "destroy") drop(id, rules.onMatch);
      if (rules.onMatch === "update" && each.form === "object") state.rows.set(id, "changed");
      if (rules.onMatch === "no_match") meet(each, id);
    }
  }
  for (const id of before) {
    if (matched.has(id) || rules.onMissing === "ignore") continue;
    if (rules.onMissing === "error") isRefused = true;
    else drop(id, rules.onMissing);
  }
  return isRefused ? undefined : state;
}

describe.each(databaseKinds)("a managed relationship on %s", (kind) => {
  const shop = useFreshShop(kind);
  const runs = { numRuns: kind === "sqlite" ? 150 : 60 };

  function toInput(each: Input, text: string, records: ReadonlyMap<string, object>): unknown {
    if (each === "new") return { [text]: "new", ...(text === "body" ? { taskId: write } : {}) };
    if (each === "nowhere") return nowhere;
    const id = ids[each.place] ?? "";
    if (each.form === "id") return id;
    return each.form === "record" ? records.get(id) : { id, [text]: "changed" };
  }

  const count = (state: State): [number, string[]] => [
    [...state.rows.keys()].filter((id) => id.startsWith("new ")).length,
    [...state.rows]
      .filter(([id]) => !id.startsWith("new "))
      .map(([id, text]) => `${id} ${text} ${String(state.related.has(id))}`),
  ];

  it("manyToMany leaves the rows that the model has", async () => {
    const { repo, database } = shop();
    const property = fc.asyncProperty(cases, async (each) => {
      await database.knex("user_tasks").delete();
      await database.knex("tasks").delete();
      await insertRows(
        database.knex,
        Task,
        ids.map((id) => ({ id, title: "old" })),
      );
      await insertRows(
        database.knex,
        UserTask,
        each.related.map((place) => ({ userId: ada, taskId: ids[place] ?? "" })),
      );
      const records = new Map((await repo.query(Task).read()).map((task) => [task.id, task]));
      const inputs = each.inputs.map((one) => toInput(one, "title", records));
      const refusals = await findRefusals(() => manage(repo, ada, inputs, each.rules));
      const expected = predict(each);
      expect(refusals.length > 0).toBe(expected === undefined);
      const unchanged = predict({ ...each, inputs: [], rules: { ...each.rules, onMissing: "ignore" } });
      const tasks = await repo.query(Task).sort("id").load("users").read();
      const found = tasks
        .filter(({ id }) => ids.includes(id))
        .map(({ id, title, users }) => `${id} ${title} ${String(users.length > 0)}`);
      expect([tasks.length - found.length, found]).toEqual(
        count(expected ?? unchanged ?? { related: new Set(), rows: new Map() }),
      );
      expect(tasks.filter(({ id }) => !ids.includes(id)).every(({ users }) => users.length === 1)).toBe(true);
    });
    await fc.assert(property, runs);
  });

  it("hasMany leaves the rows that the model has", async () => {
    const { repo, database } = shop();
    const moments = { insertedAt: new Date(0), updatedAt: new Date(0) };
    const property = fc.asyncProperty(cases, async (each) => {
      await database.knex("comments").delete();
      const authorOf = (place: number) => (each.related.includes(place) ? ada : null);
      const rows = places.map((place) => ({
        id: ids[place] ?? "",
        body: "old",
        taskId: write,
        authorId: authorOf(place),
        ...moments,
      }));
      await insertRows(database.knex, Comment, rows);
      const records = new Map((await repo.query(Comment).read()).map((comment) => [comment.id, comment]));
      const inputs = each.inputs.map((one) => toInput(one, "body", records));
      const refusals = await findRefusals(() => manage(repo, ada, inputs, each.rules, "comments"));
      const expected = predict(each);
      expect(refusals.length > 0).toBe(expected === undefined);
      const unchanged = predict({ ...each, inputs: [], rules: { ...each.rules, onMissing: "ignore" } });
      const user = await repo.query(User).load("comments").get(ada);
      const mine = new Set(user.comments.map(({ id }) => id));
      const all = await repo.query(Comment).sort("id").read();
      const found = all
        .filter(({ id }) => ids.includes(id))
        .map(({ id, body }) => `${id} ${body} ${String(mine.has(id))}`);
      expect([all.length - found.length, found]).toEqual(
        count(expected ?? unchanged ?? { related: new Set(), rows: new Map() }),
      );
    });
    await fc.assert(property, runs);
  });
});
