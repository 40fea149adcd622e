import { fc } from "../../fast-check.js";
import type { Patch } from "../../../src/generator/patch/patch.js";
import { ts } from "../../../src/generator/source/parser.js";

/** How somebody writes. */
export interface Hand {
  readonly endOfLine: "\n" | "\r\n";
  readonly indent: string;
  readonly quote: '"' | "'";
  readonly semicolon: ";" | "";
  readonly trailingComma: "," | "";
}

export const hands: fc.Arbitrary<Hand> = fc.record({
  endOfLine: fc.constantFrom("\n", "\r\n"),
  indent: fc.constantFrom("  ", "    ", "\t", "   "),
  quote: fc.constantFrom('"', "'"),
  semicolon: fc.constantFrom(";", ""),
  trailingComma: fc.constantFrom(",", ""),
});

/** What a file holds, beside its style. */
export interface Content {
  readonly attributes: readonly string[];
  readonly relationships: readonly string[] | undefined;
  readonly isConstant: boolean;
  readonly wrapper: string;
  readonly hasMethod: boolean;
}

const words = fc.uniqueArray(fc.constantFrom("name", "email", "phone", "colour", "size"), { minLength: 1 });

export const contents: fc.Arbitrary<Content> = fc.record({
  attributes: words,
  relationships: fc.option(words, { nil: undefined }),
  isConstant: fc.boolean(),
  wrapper: fc.constantFrom("", " as const", " satisfies Relationships"),
  hasMethod: fc.boolean(),
});

/** A file of that content by that hand. */
export function writeFile(content: Content, hand: Hand): string {
  const lines = [
    `import { belongsTo, resource, string } from "ashlar";`,
    `import { Team } from "./team.js";`,
    "",
    ...writeConstant(content),
    "export class User extends resource({",
    `\ttable: "users",`,
    "\tattributes: {",
    ...content.attributes.map((name, index) => `\t\t${name}: string()${comma(index, content.attributes)}`),
    "\t},",
    "}) {",
    ...writeMember(content).map((line) => `\t${line}`),
    ...(content.hasMethod ? ["\tgreet() {", `\t\treturn "hello";`, "\t}"] : []),
    "}",
    "",
  ];
  return dress(lines.join("\n"), hand);
}

const lastComma = ",//last";

function comma(index: number, list: readonly unknown[]): string {
  return index === list.length - 1 ? lastComma : ",";
}

function writeConstant({ relationships, isConstant, wrapper }: Content): string[] {
  if (relationships === undefined || !isConstant) return [];
  return ["const own = {", ...writeEntries(relationships), `}${wrapper};`, ""];
}

function writeMember({ relationships, isConstant, wrapper }: Content): string[] {
  if (relationships === undefined) return [];
  if (isConstant) return ["static readonly relationships = own;"];
  return ["static readonly relationships = {", ...writeEntries(relationships), `}${wrapper};`];
}

function writeEntries(names: readonly string[]): string[] {
  return names.map((name, index) => `\t${name}: belongsTo(() => Team)${comma(index, names)}`);
}

function dress(text: string, { endOfLine, indent, quote, semicolon, trailingComma }: Hand): string {
  return text
    .replaceAll(lastComma, trailingComma)
    .replaceAll("\t", indent)
    .replaceAll('"', quote)
    .replaceAll(/;$/gm, semicolon)
    .replaceAll("\n", endOfLine);
}

/** The patches of the recipe, on whichever file. */
export const recipe: readonly Patch[] = [
  { kind: "import", name: "hasMany", specifier: "ashlar" },
  { kind: "import", name: "manyToMany", specifier: "ashlar" },
  { kind: "import", name: "integer", specifier: "ashlar" },
  { kind: "import", name: "Task", specifier: "../works/task.js" },
  { kind: "import", name: "UserTask", specifier: "./user-task.js" },
  {
    kind: "relationships",
    className: "User",
    entries: [
      {
        name: "tasks",
        expression: `manyToMany(() => Task, { through: () => UserTask, sourceAttributeOnJoinResource: "userId", destinationAttributeOnJoinResource: "taskId" })`,
      },
      { name: "userTasks", expression: `hasMany(() => UserTask, { destinationAttribute: "userId" })` },
    ],
  },
  { kind: "attributes", className: "User", entries: [{ name: "age", expression: "integer().required()" }] },
  { kind: "identities", className: "User", identities: [{ name: "uniqueAge", attributes: ["age"] }] },
  { kind: "defaultActions", className: "User", actions: ["create", "read"] },
];

const texts = fc.stringMatching(/^[a-z ]{0,40}$/);

const bases = fc.oneof(
  fc.constantFrom("string()", "decimal(10, 2)", "datetime()", "integer().array()", "json()"),
  fc
    .array(texts, { minLength: 1, maxLength: 5 })
    .map((words) => `enumeration(${words.map(quote).join(", ")})`),
);

const calls = fc.oneof(
  fc.constantFrom(
    ".required()",
    ".unique()",
    ".index()",
    ".private()",
    ".default(() => new Date())",
    ".default([])",
  ),
  texts.map((text) => `.column(${quote(text)})`),
  texts.map((text) => `.description(${quote(text)})`),
);

// Names are short: where a line is too long for all but a break behind the colon, the project's formatter makes it.
/** Declarations of attributes as the generator writes them, and longer ones. */
export const attributes: fc.Arbitrary<Patch> = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^new[a-zA-Z]{0,9}$/),
      expression: fc
        .tuple(bases, fc.array(calls, { maxLength: 4 }))
        .map(([base, chain]) => base + chain.join("")),
    }),
    { minLength: 1, maxLength: 3, selector: ({ name }) => name },
  )
  .map((entries) => ({ kind: "attributes", className: "User", entries }));

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Every place between two tokens of a text, where a comment may stand. */
export function findGaps(text: string): readonly number[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  const gaps = [0];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) gaps.push(scanner.getTokenEnd());
  return gaps;
}
