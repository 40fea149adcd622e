/** Names that must differ within one scope: the members of a class, the classes of a project. */
export class NamePool {
  readonly #taken = new Set<string>();
  readonly #fold: (name: string) => string;

  /** @param fold what makes two names the same, such as lower case */
  constructor(taken: Iterable<string> = [], fold: (name: string) => string = (name) => name) {
    this.#fold = fold;
    for (const name of taken) this.#taken.add(fold(name));
  }

  has(name: string): boolean {
    return this.#taken.has(this.#fold(name));
  }

  /**
   * Takes the first of some names that is free, or the first with a number behind it.
   *
   * @example
   * new NamePool(["tasks"]).take(["tasks"]); // "tasks2"
   */
  take(candidates: readonly [string, ...string[]]): string {
    const free = candidates.find((name) => !this.has(name)) ?? this.#number(candidates[0]);
    this.#taken.add(this.#fold(free));
    return free;
  }

  #number(name: string): string {
    const stem = /\d$/.test(name) ? `${name}_` : name;
    let count = 2;
    while (this.has(`${stem}${count}`)) count += 1;
    return `${stem}${count}`;
  }
}

/** What every object has: a property of such a name is not taken for one of the names that a list expects. */
const objectMembers: readonly string[] = [
  ...["__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"],
  ...["toLocaleString", "toString", "valueOf"],
];

/** Names for the options of a resource: its identities, indexes, checks and foreign keys. */
export function createOptionPool(): NamePool {
  return new NamePool(objectMembers);
}
