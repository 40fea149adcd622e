export type JsonObject = { readonly [key: string]: unknown };

/** Notes that the value at a place, such as `columns.user_id.type`, is not what it has to be. */
export type Report = (place: string, expected: string) => void;

/** A value and where it stands. */
export interface Placed {
  readonly value: unknown;
  readonly place: string;
  readonly report: Report;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands under a key. */
export function at(parent: Placed, key: string): Placed {
  const value = isJsonObject(parent.value) ? parent.value[key] : undefined;
  return { value, place: parent.place === "" ? key : `${parent.place}.${key}`, report: parent.report };
}

export function isAbsent(placed: Placed): boolean {
  return placed.value === undefined;
}

/** The text, or an empty one after a report. */
export function readString({ value, place, report }: Placed): string {
  if (typeof value === "string" && value !== "") return value;
  report(place, "a name");
  return "";
}

export function readBoolean({ value, place, report }: Placed): boolean {
  if (typeof value === "boolean") return value;
  report(place, "true or false");
  return false;
}

export function readNumber({ value, place, report }: Placed): number {
  if (typeof value === "number") return value;
  report(place, "a number");
  return 0;
}

export function readStrings({ value, place, report }: Placed): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  report(place, "a list of texts");
  return [];
}

/** Each item of a list, read by its place. */
export function readItems<Item>(placed: Placed, read: (item: Placed) => Item): readonly Item[] {
  const { value, place, report } = placed;
  if (Array.isArray(value))
    return value.map((item, index) => read({ value: item, place: `${place}[${String(index)}]`, report }));
  report(place, "a list");
  return [];
}

/** Nothing where a key is absent, else what is read there, under the key. */
export function readOptional<const Key extends string, Item>(
  parent: Placed,
  key: Key,
  read: (item: Placed) => Item,
): { readonly [K in Key]?: Item } {
  const placed = at(parent, key);
  if (isAbsent(placed)) return {};
  // A key that is a type parameter is any text to the compiler.
  return { [key]: read(placed) } as { readonly [K in Key]?: Item };
}

/** True where it stands there: such a key is absent where it is not so. */
export function readTrue({ value, place, report }: Placed): true {
  if (value !== true) report(place, "true");
  return true;
}

/** Any text, or an empty one after a report. */
export function readText({ value, place, report }: Placed): string {
  if (typeof value === "string") return value;
  report(place, "a text");
  return "";
}

/** One of the words, or the first after a report. */
export function readWord<const Word extends string>(placed: Placed, words: readonly [Word, ...Word[]]): Word {
  const found = words.find((word) => word === placed.value);
  if (found === undefined)
    placed.report(placed.place, `one of ${words.map((word) => `"${word}"`).join(", ")}`);
  return found ?? words[0];
}

/** What stands under each key of an object, by the key's name. */
export function readEach<Item>(placed: Placed, read: (name: string, item: Placed) => Item): readonly Item[] {
  if (isJsonObject(placed.value))
    return Object.keys(placed.value).map((name) => read(name, at(placed, name)));
  placed.report(placed.place, "an object");
  return [];
}
