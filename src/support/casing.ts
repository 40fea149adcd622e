/** The words of a name, in lower case: `userTask`, `user_task`, `UserTask` and `user-task` are all `["user", "task"]`. */
export function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function toPascalCase(name: string): string {
  return splitWords(name).map(capitalize).join("");
}

export function toCamelCase(name: string): string {
  const [first = "", ...rest] = splitWords(name);
  return first + rest.map(capitalize).join("");
}

export function toSnakeCase(name: string): string {
  return splitWords(name).join("_");
}

export function toKebabCase(name: string): string {
  return splitWords(name).join("-");
}
