import type { RecordClass } from "../definition.js";

type AnyRecord = Record<string, unknown>;

/**
 * A way to make empty records of a class. Where the class neither declares fields nor has a constructor, nothing of it
 * would run, and an object with its prototype is the same for less time, which loads of many rows show.
 */
export function createRecordMaker(recordClass: RecordClass): () => AnyRecord {
  // A record is filled by whoever makes it: its class asks for values that are not there yet.
  const make = (): AnyRecord => new recordClass({} as never) as AnyRecord;
  if (hasOwnWay(recordClass) || Object.keys(make()).length > 0) return make;
  function PlainRecord(): void {}
  PlainRecord.prototype = recordClass.prototype;
  // The compiler takes no function for a constructor, and a class would bring a prototype of its own.
  const Plain = PlainRecord as unknown as new () => AnyRecord;
  return () => new Plain();
}

/** The word alone is enough to take the long way, wherever in the class it stands. */
function hasOwnWay(recordClass: RecordClass): boolean {
  return /\bconstructor\b/.test(Function.prototype.toString.call(recordClass)) || !extendsBase(recordClass);
}

/** Straight from what `resource` made: classes between the two may have constructors of their own. */
function extendsBase(recordClass: RecordClass): boolean {
  const base: unknown = Object.getPrototypeOf(recordClass);
  return typeof base === "function" && Object.getPrototypeOf(base) === Function.prototype;
}
