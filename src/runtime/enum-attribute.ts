import { Attribute } from "./attribute.js";

/** An attribute that holds one of some words, as `enumeration` begins it. */
export class EnumAttribute<out Value> extends Attribute<Value> {
  /**
   * Kept in an enum type of PostgreSQL's own, which the migrations make; without it in a text with a check, as everywhere
   * else. Resources that name the same type list the same words. A type of another schema is named with it.
   *
   * @example
   * enumeration("open", "done").native("task_state").required();
   */
  native(name: string): Attribute<Value> {
    const { type } = this.options;
    return new Attribute({ ...this.options, type: Object.freeze({ ...type, native: name }) });
  }
}
