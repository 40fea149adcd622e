import type { Knex } from "knex";
import { compareSchemas } from "../../migrations/compare.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import { readSchema } from "../live-schema/read-schema.js";
import { readOtherObjects } from "./other-objects.js";
import { createDifferenceError, listMessages, type Moment } from "./proof-problems.js";
import type { Trial } from "./trial.js";
import { findTriggerEffects } from "./trigger-effects.js";
import { findLosses, takePicture, type Picture, type Side } from "./rows/kept-rows.js";

/** What was found in the database at one moment. */
export interface Finding {
  readonly snapshot: Snapshot;
  /** Types, sequences, functions, triggers: a text each. */
  readonly others: readonly string[];
  /** Constraints and indexes that were begun and not finished, a sentence each. */
  readonly unfinished: readonly string[];
}

export async function readFinding(knex: Knex): Promise<Finding> {
  const { snapshot, parts, notices } = await readSchema(knex, { tablesOnly: true });
  const unfinished = [
    ...notices.filter((notice) => notice.includes("is not validated")),
    ...parts.filter(({ kind }) => kind === "index").map(({ why }) => why),
  ];
  return { snapshot, others: await readOtherObjects(knex), unfinished };
}

export interface SchemaCheck {
  readonly expected: Omit<Finding, "unfinished">;
  readonly found: Finding;
  readonly moment: Moment;
}

/** @throws AshlarError `proof.failed` with each difference */
export function checkSchema({ database, ground }: Trial, { expected, found, moment }: SchemaCheck): void {
  const isOwn = (snapshot: Snapshot): Snapshot => new Map([...snapshot].filter(([key]) => !ground.has(key)));
  const differences = compareSchemas(isOwn(expected.snapshot), isOwn(found.snapshot), database);
  const lost = expected.others.filter((object) => !found.others.includes(object));
  const left = found.others.filter((object) => !expected.others.includes(object));
  throwIfAny(
    createDifferenceError(
      [
        ...listMessages(differences),
        ...found.unfinished,
        ...lost.map((object) => `The ${object} is missing.`),
        ...left.map((object) => `There is the ${object} too many.`),
      ],
      moment,
    ),
  );
}

export function pictureOf({ knex, tracked }: Trial, side: Side): Promise<Picture> {
  return takePicture(knex, tracked, side);
}

export interface RowCheck {
  /** The rows as they were. */
  readonly picture: Picture;
  /** By whose names they are to be read now. */
  readonly side: Side;
  readonly moment: Moment;
}

/** @throws AshlarError `proof.failed` with each loss */
export async function checkRows(trial: Trial, { picture, side, moment }: RowCheck): Promise<void> {
  const now = await pictureOf(trial, side);
  const found = findLosses(trial.tracked, [picture, now], side);
  const isByTrigger = findTriggerEffects(trial.change);
  const losses = found.filter((difference) => !isByTrigger(difference)).map(({ message }) => message);
  throwIfAny(createDifferenceError(losses, moment));
  tellOnce(
    trial,
    found.map(({ message }) => `${message} Triggers may have done that.`),
  );
}

function tellOnce({ notices }: Trial, found: readonly string[]): void {
  notices.push(...found.filter((notice) => !notices.includes(notice)));
}

function throwIfAny(error: Error | undefined): void {
  if (error !== undefined) throw error;
}
