/** The options of Prettier that concern TypeScript, as configuration files give them. */
export type StyleOptions = Readonly<Record<string, string | number | boolean>>;

/** What a configuration says as far as it can be read without Prettier. */
export interface StyleReading {
  readonly options: StyleOptions;
  /** False where only Prettier itself can say it: plugins, overrides, shared or programmed configurations. */
  readonly isExact: boolean;
}

const names = new Set([
  "arrowParens",
  "bracketSameLine",
  "bracketSpacing",
  "embeddedLanguageFormatting",
  "endOfLine",
  "experimentalOperatorPosition",
  "experimentalTernaries",
  "jsxSingleQuote",
  "objectWrap",
  "printWidth",
  "quoteProps",
  "semi",
  "singleAttributePerLine",
  "singleQuote",
  "tabWidth",
  "trailingComma",
  "useTabs",
]);

const defaultPrintWidth = 80;

/** How wide lines may be under these options; what is no number leaves it to the default, and to Prettier to refuse. */
export function getPrintWidth({ printWidth }: StyleOptions): number {
  return typeof printWidth === "number" ? printWidth : defaultPrintWidth;
}

/** The options of a Prettier configuration that is plain data. */
export function readOptions(value: unknown): StyleReading {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { options: {}, isExact: false };
  const entries = Object.entries(value);
  const known = entries.filter(([name, option]) => names.has(name) && isScalar(option));
  const isExact = entries.every(([name]) => names.has(name) || name === "$schema");
  // A value of another type than Prettier asks for is refused by Prettier itself.
  return { options: Object.fromEntries(known) as StyleOptions, isExact };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** A .prettierrc without an ending: JSON, or YAML, of which only `name: value` lines are understood. */
export function readPrettierrc(text: string): StyleReading {
  try {
    return readOptions(JSON.parse(text));
  } catch {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !/^\s*(#|---)/.test(line));
    const entries = lines.map((line) => /^(\w+):\s+(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*(?:#.*)?$/.exec(line));
    const found = entries.filter((entry) => entry !== null);
    const { options, isExact } = readOptions(
      Object.fromEntries(
        found.map(([, name = "", double, single, plain = ""]) => [
          name,
          double ?? single ?? readPlain(plain),
        ]),
      ),
    );
    return { options, isExact: isExact && found.length === lines.length };
  }
}

function readPlain(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}
