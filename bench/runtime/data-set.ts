import { createHash } from "node:crypto";
import type { Client } from "pg";
import type { LoadedUser, Pair } from "./contender.js";

/** How much a database holds. */
export interface DataSize {
  readonly users: number;
  readonly tasks: number;
  readonly tasksPerUser: number;
}

/** A user's tasks are every so many apart, so that users share tasks and no user has one twice. */
const stride = 1013;

/** How far the first task of a user is from that of the user before. */
const shift = 7;

const schema = `
  create table users (
    id uuid primary key,
    name text not null,
    email text not null unique,
    inserted_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create table tasks (
    id uuid primary key,
    title text not null,
    inserted_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create table user_tasks (
    user_id uuid not null,
    task_id uuid not null
  ) with (autovacuum_enabled = false);`;

const constraints = `
  alter table user_tasks
    add constraint user_tasks_pkey primary key (user_id, task_id),
    add constraint user_tasks_user_id_fkey foreign key (user_id) references users on delete cascade,
    add constraint user_tasks_task_id_fkey foreign key (task_id) references tasks on delete cascade;
  create index user_tasks_task_id_index on user_tasks (task_id);`;

/** Makes the tables and fills them; keys are random to the indexes, and known from the numbers of users and tasks. */
export async function createTables(client: Client, size: DataSize): Promise<void> {
  await client.query(schema);
  await client.query(
    `insert into users select md5('user' || n)::uuid, 'User ' || n, 'user' || n || '@example.com'
     from generate_series(0, $1::int - 1) n`,
    [size.users],
  );
  await client.query(
    `insert into tasks select md5('task' || n)::uuid, 'task' || n from generate_series(0, $1::int - 1) n`,
    [size.tasks],
  );
  await client.query(
    `insert into user_tasks
     select md5('user' || n)::uuid, md5('task' || (n::bigint * ${shift} + k * ${stride}) % $2::int)::uuid
     from generate_series(0, $1::int - 1) n, generate_series(0, $3::int - 1) k`,
    [size.users, size.tasks, size.tasksPerUser],
  );
  await client.query(constraints);
  await client.query("vacuum analyze");
}

/** Makes a table `readings` of so many rows, to be read one by one. */
export async function createReadings(client: Client, rows: number): Promise<void> {
  await client.query(
    `create table readings (
       id integer primary key,
       sensor text not null,
       value integer not null,
       inserted_at timestamptz not null
     )`,
  );
  await client.query(
    `insert into readings
     select n, 'sensor ' || n % 100, n % 1000, timestamptz '2026-01-01' + n * interval '1 second'
     from generate_series(1, $1::int) n`,
    [rows],
  );
  await client.query("vacuum analyze readings");
}

/** Pairs that have no join row, a user each; other offsets below the stride give other pairs. */
export function listAbsentPairs({ tasks }: DataSize, count: number, offset: number): Pair[] {
  return Array.from({ length: count }, (_, user) => ({
    userId: buildKey(`user${user}`),
    taskId: buildKey(`task${(user * shift + offset) % tasks}`),
  }));
}

/** Takes join rows away again and leaves the table as it was; gives how many there were. */
export async function removePairs(client: Client, pairs: readonly Pair[]): Promise<number> {
  const { rowCount } = await client.query(
    `delete from user_tasks where (user_id, task_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [pairs.map(({ userId }) => userId), pairs.map(({ taskId }) => taskId)],
  );
  await client.query("vacuum user_tasks");
  return rowCount ?? 0;
}

/** Throws where these are not so many users, each with the tasks it has. */
export function checkUsers(users: readonly LoadedUser[], count: number, size: DataSize): void {
  if (users.length !== count) throw new Error(`${users.length} users were loaded, not ${count}`);
  if (new Set(users.map(({ email }) => email)).size !== count) throw new Error("a user was loaded twice");
  for (const { email, tasks } of users) {
    const expected = listTitles(readNumber(email), size).join();
    const actual = tasks
      .map(({ title }) => title)
      .toSorted()
      .join();
    if (actual !== expected)
      throw new Error(`${email} was loaded with ${tasks.length} tasks that are not its own`);
  }
}

function listTitles(user: number, { tasks, tasksPerUser }: DataSize): string[] {
  const titles = Array.from({ length: tasksPerUser }, (_, k) => `task${(user * shift + k * stride) % tasks}`);
  return titles.toSorted();
}

function readNumber(email: string): number {
  return Number(/^user(\d+)@/.exec(email)?.[1]);
}

/** The uuid that PostgreSQL makes of the name's md5. */
function buildKey(name: string): string {
  const hex = createHash("md5").update(name).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
