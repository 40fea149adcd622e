import { normalize } from "node:path/posix";
import { suggest } from "../../generator/did-you-mean.js";
import { buildFrame, findLocation } from "../../generator/source/code-frame.js";
import { AshlarError, failure, type Problem } from "../../support/problem.js";
import { configRules, type ConfigFile, type ConfigRule } from "./config-rules.js";
import { readJson } from "./json-reader.js";

export const configName = "ashlar.config.json";

/**
 * The settings that the text of ashlar.config.json gives.
 *
 * @throws AshlarError with all that is wrong: `config.syntax`, `config.shape`, `config.key.unknown`, `config.value.invalid`
 * @example
 * parseConfig('{ "source": "src", "attributeCase": "snake_case" }'); // { source: "src", attributeCase: "snake_case" }
 */
export function parseConfig(text: string): ConfigFile {
  const reading = readJson(text);
  if (reading.kind === "failed") throw failure(createSyntaxProblem(text, reading.offset, reading.message));
  const { value, keys } = reading;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw failure(createShapeProblem(value));
  const settings = Object.entries(value).filter(([key]) => key !== "$schema");
  const problems = settings.flatMap(([key, setting]) => checkSetting(key, setting));
  if (problems.length > 0) {
    throw new AshlarError(
      "failure",
      problems.map(({ key, ...problem }) => locate(problem, text, keys.get(key))),
    );
  }
  // Each setting was checked above.
  return Object.fromEntries(
    settings.map(([key, setting]) => [key, normalizeSetting(key, setting)]),
  ) as ConfigFile;
}

/** `./src/` is `src`. */
function normalizeSetting(key: string, setting: string): string {
  const isPath = isConfigKey(key) && configRules[key].kind === "path";
  return isPath ? normalize(setting).replace(/\/$/, "") : setting;
}

type SettingProblem = Problem & { readonly key: string };

function checkSetting(key: string, value: unknown): SettingProblem[] {
  const rule = isConfigKey(key) ? configRules[key] : undefined;
  if (rule === undefined) return [createUnknownKeyProblem(key)];
  const complaint = rule.kind === "path" ? checkPath(value) : checkChoice(rule, value);
  if (complaint === undefined) return [];
  return [
    {
      key,
      code: "config.value.invalid",
      message: `${at(key)}: ${quote(value)} ${complaint}.`,
      ...hintFor(rule, value),
    },
  ];
}

function checkPath(value: unknown): string | undefined {
  if (typeof value !== "string") return "is not a path in quotes";
  if (value.trim() === "") return "is not a path";
  if (value.includes("\\")) return "has a backslash; parts of a path are joined by /";
  if (value.startsWith("/") || /^[A-Za-z]:/.test(value))
    return "is absolute; paths are relative to the project's folder";
  return value.split("/").includes("..") ? "leads out of the project's folder" : undefined;
}

function checkChoice(
  { choices }: Extract<ConfigRule, { kind: "choice" }>,
  value: unknown,
): string | undefined {
  if (typeof value === "string" && choices.includes(value)) return undefined;
  return `is not one of ${choices.map(quote).join(", ")}`;
}

function hintFor(rule: ConfigRule, value: unknown): { hint?: string } {
  if (rule.kind !== "choice" || typeof value !== "string") return {};
  const hint = suggest(value, rule.choices, "");
  return hint === "" ? {} : { hint: hint.trim() };
}

function createUnknownKeyProblem(key: string): SettingProblem {
  const names = Object.keys(configRules);
  return {
    key,
    code: "config.key.unknown",
    message: `${at(key)}: there is no such setting.`,
    hint: suggest(key, names, `The settings are ${names.map(quote).join(", ")}.`),
  };
}

function createShapeProblem(value: unknown): Problem {
  return {
    code: "config.shape",
    message: `${configName}: ${quote(value)} is not an object of settings.`,
    hint: 'Write an object, such as { "source": "src" }, or {} to leave everything to detection.',
  };
}

function createSyntaxProblem(text: string, offset: number, message: string): Problem {
  const location = findLocation(configName, text, offset);
  return {
    code: "config.syntax",
    message: `${configName}: at line ${location.line}, column ${location.column}: ${message}.`,
    hint: `Mend ${configName}, then run the command again.`,
    location,
    frame: buildFrame(text, location),
  };
}

function locate(problem: Problem, text: string, offset: number | undefined): Problem {
  if (offset === undefined) return problem;
  const location = findLocation(configName, text, offset);
  return { ...problem, location, frame: buildFrame(text, location) };
}

function isConfigKey(key: string): key is keyof typeof configRules {
  return Object.hasOwn(configRules, key);
}

function at(key: string): string {
  return `${configName}: at ${quote(key)}`;
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
