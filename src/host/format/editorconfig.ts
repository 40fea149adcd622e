import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { StyleOptions, StyleReading } from "./style-options.js";

type Properties = Readonly<Record<string, string>>;

interface Reading {
  readonly isRoot: boolean;
  readonly properties: Properties;
  readonly isExact: boolean;
}

/** What the .editorconfig files from `folder` upward say of TypeScript files, in Prettier's words. */
export function readEditorconfig(folder: string): StyleReading {
  const readings: Reading[] = [];
  for (let current = folder; ; current = dirname(current)) {
    const file = join(current, ".editorconfig");
    if (existsSync(file)) readings.unshift(parseEditorconfig(readFileSync(file, "utf8")));
    if (readings[0]?.isRoot === true || existsSync(join(current, ".git")) || dirname(current) === current)
      break;
  }
  const properties: Properties = Object.assign({}, ...readings.map((reading) => reading.properties));
  return { options: toOptions(properties), isExact: readings.every((reading) => reading.isExact) };
}

function parseEditorconfig(text: string): Reading {
  const [head = "", ...sections] = text.replace(/^[ \t]*[#;].*$/gm, "").split(/^[ \t]*\[/m);
  const parts = sections.map((section) => {
    const end = section.search(/\][ \t]*$/m);
    return { glob: section.slice(0, end), properties: readProperties(section.slice(end + 1)) };
  });
  const matching = parts.filter(({ glob }) => matchesTypeScript(glob) === true);
  return {
    isRoot: readProperties(head)["root"] === "true",
    properties: Object.assign({}, ...matching.map((part) => part.properties)),
    isExact: parts.every(
      ({ glob, properties }) => matchesTypeScript(glob) !== undefined && arePlain(properties),
    ),
  };
}

/** What each property is where it has no say in another: `unset`, `indent_size = tab` and the like have. */
const plainValues: Readonly<Record<string, RegExp>> = {
  indent_style: /^(tab|space)$/,
  indent_size: /^[1-9]\d*$/,
  tab_width: /^[1-9]\d*$/,
  max_line_length: /^([1-9]\d*|off)$/,
  quote_type: /^(single|double|auto)$/,
  end_of_line: /^(lf|crlf|cr)$/,
};

function arePlain(properties: Properties): boolean {
  return Object.entries(properties).every(([name, value]) => plainValues[name]?.test(value) ?? true);
}

/** Undefined where the pattern names folders or is of a kind that is not read here. */
function matchesTypeScript(glob: string): boolean | undefined {
  if (/^\*{1,2}$/.test(glob)) return true;
  const endings = /^\*{1,2}\.(?:\{([\w,]+)\}|(\w+))$/.exec(glob);
  if (endings === null) return /^[\w.-]+$/.test(glob) ? false : undefined;
  return (endings[1] ?? endings[2] ?? "").split(",").includes("ts");
}

function readProperties(text: string): Properties {
  const pairs = text.matchAll(/^[ \t]*([\w-]+)[ \t]*=[ \t]*(.*?)[ \t]*$/gm);
  return Object.fromEntries(
    [...pairs].map(([, name = "", value = ""]) => [name.toLowerCase(), value.toLowerCase()]),
  );
}

function toOptions(properties: Properties): StyleOptions {
  const { indent_style, indent_size, tab_width, max_line_length, quote_type, end_of_line } = properties;
  const width = (indent_style === "space" ? [indent_size, tab_width] : [tab_width, indent_size]).find(
    isNumber,
  );
  return {
    ...(indent_style === "tab" || indent_style === "space" ? { useTabs: indent_style === "tab" } : {}),
    ...(width === undefined ? {} : { tabWidth: Number(width) }),
    ...(max_line_length === "off" ? { printWidth: Infinity } : {}),
    ...(isNumber(max_line_length) ? { printWidth: Number(max_line_length) } : {}),
    ...(quote_type === "single" || quote_type === "double" ? { singleQuote: quote_type === "single" } : {}),
    ...(end_of_line === "lf" || end_of_line === "crlf" || end_of_line === "cr"
      ? { endOfLine: end_of_line }
      : {}),
  };
}

function isNumber(value: string | undefined): value is string {
  return /^[1-9]\d*$/.test(value ?? "");
}
