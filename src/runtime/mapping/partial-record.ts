import { failure } from "../../support/problem.js";
import type { RecordClass } from "../definition.js";
import type { ColumnMap, TableMap } from "./table-map.js";

type Constructor = new () => object;

/** By the columns that were selected: a query has one list of them for all its records. */
const constructors = new WeakMap<readonly ColumnMap[], Constructor>();

/**
 * A record of its class for which only these columns were read. Reading another attribute throws instead of being
 * undefined; the getters stand between the record and its class, so that whole records are as they would be without.
 */
export function createPartialRecord(table: TableMap, columns: readonly ColumnMap[]): Record<string, unknown> {
  const constructor = constructors.get(columns) ?? buildConstructor(table, columns);
  return Reflect.construct(table.recordClass, [{}], constructor);
}

function buildConstructor(table: TableMap, columns: readonly ColumnMap[]): Constructor {
  const missing = table.columns.filter((column) => !columns.includes(column));
  const guards = missing.map(({ name }) => [name, createGuard(table.recordClass, name)] as const);
  // Reflect.construct takes the prototype of the function that it is told was called.
  const constructor = class {};
  const prototype: object = Object.create(table.recordClass.prototype, Object.fromEntries(guards));
  Object.setPrototypeOf(constructor.prototype, prototype);
  Reflect.deleteProperty(constructor.prototype, "constructor");
  constructors.set(columns, constructor);
  return constructor;
}

function createGuard({ name: resource }: RecordClass, name: string): PropertyDescriptor {
  return {
    configurable: true,
    enumerable: false,
    get: () => {
      throw failure({
        code: "attribute.not_selected",
        message: `The attribute "${name}" of this ${resource} was not selected.`,
        hint: `Add it: .select("${name}", …), or leave select out and have every attribute.`,
      });
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
  };
}
