import { findIndent, startsLine } from "../source/lines.js";
import type { List } from "../source/lists.js";
import type { Style } from "../source/style.js";
import type { Edit } from "./edit.js";
import { appendItems } from "./list-edit.js";

type Order = (left: string, right: string) => boolean;

const orders: readonly Order[] = [
  (left, right) => left <= right,
  (left, right) => left.toLowerCase() <= right.toLowerCase(),
];

/** The edits that add a name to an import: in its place where the names stand in order, else behind the last. */
export function addName(text: string, list: List, item: string, style: Style): readonly Edit[] {
  const keys = list.elements.map((element) => findKey(element.getText()));
  const order = orders.find((candidate) => isSorted(keys, candidate));
  const next = order && list.elements[keys.findIndex((key) => !order(key, findKey(item)))];
  // A comment may belong to the name before it or to the one behind it.
  const hasComment = /\/[/*]/.test(text.slice(list.open, list.close));
  if (next === undefined || hasComment) return appendItems(text, list, [item], style);
  const start = next.getStart();
  const gap = startsLine(text, start) ? style.endOfLine + findIndent(text, start) : " ";
  return [{ start, end: start, text: `${item},${gap}`, fit: true }];
}

function isSorted(keys: readonly string[], order: Order): boolean {
  return keys.every((key, index) => index === 0 || order(keys[index - 1] ?? key, key));
}

function findKey(name: string): string {
  return name.replace(/^type\s+/, "");
}
