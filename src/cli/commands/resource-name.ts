import type { ArgumentReader } from "./arguments.js";

interface ResourceName {
  readonly domain?: string;
  readonly name: string;
}

const example = "npx ashlar gen resource Accounts User";

/** The domain and the name, in any of the three ways to write them: `<Domain> <Name>`, `<Domain>.<Name>`, `--domain`. */
export function readResourceName(reader: ArgumentReader): ResourceName {
  const words = readWords(reader);
  const { domain, name = "" } = splitName(reader, words);
  const asked = reader.text("domain");
  if (domain !== undefined && asked !== undefined && domain !== asked) {
    reader.report({
      code: "cli.domain.twice",
      message: `The domain is given twice: "${domain}" and --domain "${asked}".`,
      hint: `Keep one: npx ashlar gen resource ${asked} ${name}`,
    });
  }
  const chosen = domain ?? asked;
  return { name, ...(chosen !== undefined && { domain: chosen }) };
}

/** The words that are names. One with a colon is an attribute that lost its flag: `--attributes a:uuid, b:uuid`. */
function readWords(reader: ArgumentReader): readonly string[] {
  const words = reader.list("names");
  for (const word of words.filter((each) => each.includes(":"))) {
    reader.report({
      code: "cli.name.attribute",
      message: `"${word}" stands where a name was expected.`,
      hint: `An attribute follows its flag: --attributes ${word} (no space after a comma)`,
    });
  }
  return words.filter((word) => !word.includes(":"));
}

type SplitName = { readonly domain?: string | undefined; readonly name?: string | undefined };

function splitName(reader: ArgumentReader, words: readonly string[]): SplitName {
  if (words.length === 1) return splitDotted(reader, words[0] ?? "");
  if (words.length === 0) reportMissing(reader);
  if (words.length > 2) reportExtra(reader, words);
  return { domain: words[0], name: words[1] };
}

function splitDotted(reader: ArgumentReader, word: string): SplitName {
  const parts = word.split(".");
  if (parts.length > 2) reportExtra(reader, parts);
  return { domain: parts.at(-2), name: parts.at(-1) };
}

function reportMissing(reader: ArgumentReader): void {
  reader.report({
    code: "cli.name.missing",
    message: "A resource needs a name.",
    hint: `Such as: ${example}`,
  });
}

function reportExtra(reader: ArgumentReader, words: readonly string[]): void {
  const quoted = words.map((word) => `"${word}"`).join(", ");
  reader.report({
    code: "cli.name.extra",
    message: `A resource has a domain and a name, but there are ${words.length}: ${quoted}.`,
    hint: `Such as: ${example}`,
  });
}
