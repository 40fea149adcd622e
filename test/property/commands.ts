import { fc } from "../fast-check.js";
import { toCamelCase } from "../../src/support/casing.js";

/** Parts of names. Two of them make no reserved word, no reference and no plural of a resource. */
const syllables = ["amber", "basalt", "chalk", "delta2", "ember", "flint", "gneiss", "Iron", "jade", "URL"];
const syllable = fc.constantFrom(...syllables);

const attributeName = fc
  .tuple(syllable, fc.constantFrom("_", "", "__"), syllable)
  .map(([first, glue, second]) => first.toLowerCase() + glue + (glue === "" ? capitalize(second) : second));

const className = fc
  .tuple(syllable, fc.constantFrom("Stone", "Wall", "Quay", "Arch2"))
  .map(([first, second]) => capitalize(first) + second);

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Types by name, with defaults that they take. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  string: ["new", "it's", "a b", `"quoted"`, "back\\slash", "${x}", "`tick`", "<%= x %>", "é€😀", ""],
  "string(80)": ["new"],
  text: ["long text", "(in parentheses)"],
  integer: ["0", "-7", "2147483647"],
  bigint: ["0", "-9007199254740993"],
  float: ["0.5", "-1e3", "-0"],
  decimal: ["9.99"],
  "decimal(10,2)": ["0.00", "-1"],
  boolean: ["true", "false"],
  uuid: ["00000000-0000-0000-0000-000000000000"],
  date: ["now"],
  time: ["09:30"],
  datetime: ["now"],
  json: [`{"theme":"dark","a-b":[1,null],"__proto__":1}`, "[]", "3", `"text"`, "true"],
  binary: [],
  "enum(draft,in-review,done2)": ["draft", "in-review"],
  "string[]": ["[]", `["a","b c"]`],
  "integer[]": ["[1,2]"],
  "uuid[]": [],
  "enum(a,b)[]": [`["a"]`],
};

const attribute = fc
  .record({
    name: attributeName,
    type: fc.constantFrom(...Object.keys(defaults)),
    flags: fc.subarray(["required", "unique", "index", "private", "sensitive"]),
    pick: fc.nat(),
  })
  .map(({ name, type, flags, pick }) => {
    const values = defaults[type] ?? [];
    const value = values[pick % (values.length * 2)];
    return {
      name,
      entry: [name, type, ...flags, ...(value === undefined ? [] : [`default(${value})`])].join(":"),
    };
  });

/** References to what `stonyProject` holds, with the types of their keys. */
const reference = fc
  .record({
    key: fc.constantFrom("user:uuid", "task:uuid", "team:integer", "product:uuid"),
    spelling: fc.constantFrom("_id", "Id"),
    flags: fc.subarray(["required", "unique", "index"]),
    isTyped: fc.boolean(),
  })
  .map(({ key, spelling, flags, isTyped }) => {
    const [resource = "", type = ""] = key.split(":");
    const typed = isTyped || flags.length > 0 ? [type, ...flags] : [];
    return { resource, name: resource + spelling, entry: [resource + spelling, ...typed].join(":") };
  });

const content = fc.record({
  attributes: fc.uniqueArray(attribute, { maxLength: 5, selector: ({ name }) => toCamelCase(name) }),
  references: fc.uniqueArray(reference, { maxLength: 3, selector: ({ resource }) => resource }),
  destination: fc.option(fc.constantFrom("User", "Works.Task", "Team"), { nil: undefined }),
  hasIdentity: fc.boolean(),
  flags: fc.subarray(["--timestamps", "--no-inverse"]),
  onDelete: fc.option(fc.constantFrom("cascade", "restrict", "no_action"), { nil: undefined }),
  actions: fc.option(fc.subarray(["create", "read", "update", "destroy"], { minLength: 1 }), {
    nil: undefined,
  }),
});

type Content = typeof content extends fc.Arbitrary<infer Value> ? Value : never;

function renderContent(drawn: Content, relationship: string, identity: string): readonly string[] {
  const { attributes, references, destination, hasIdentity, flags, onDelete, actions } = drawn;
  const pair = attributes.slice(0, 2).map(({ name }) => name);
  return [
    ...[...attributes, ...references].flatMap(({ entry }) => ["--attributes", entry]),
    ...(destination === undefined ? [] : ["--relationships", `belongs_to:${relationship}:${destination}`]),
    ...(hasIdentity && pair.length > 0 ? ["--identity", `${identity}:${pair.join(",")}`] : []),
    ...flags,
    ...(onDelete === undefined ? [] : ["--on-delete", onDelete]),
    ...(actions === undefined ? [] : ["--default-actions", actions.join(",")]),
  ];
}

/** The flags of a key: one that is generated, or attributes or references of the content. */
const key = fc.constantFrom("none", "own", "references", "-u", "-i", "--uuid-v7-primary-key key");

function renderKey(kind: string, { attributes, references }: Content): readonly string[] {
  const named = kind === "own" ? attributes.slice(0, 2) : references;
  if (kind === "own" || kind === "references") {
    return named.length === 0 ? [] : ["--primary-key", named.map(({ name }) => name).join(",")];
  }
  return kind === "none" ? [] : kind.split(" ");
}

const description = fc.constantFrom(undefined, "What it is.", `"It's" <%- 1 %> \`x\` \\ */ $\{y} é 😀`);

/** Two commands that nothing is wrong with: one that makes a resource, and one that adds to it or to another. */
export const validCommands: fc.Arbitrary<readonly [string, string]> = fc
  .record({
    domain: fc.constantFrom("Accounts", "Works", "Quarry", "stone_yard"),
    resource: className,
    first: content,
    key,
    description,
    second: content,
    target: fc.constantFrom("Accounts User", "Works Task", "the first", "the first"),
    policy: fc.constantFrom("ignore", "replace"),
  })
  .map(({ domain, resource, first, second, target, policy, ...drawn }) => {
    const told = drawn.description === undefined ? [] : ["--description", drawn.description];
    const made = [...renderContent(first, "keeper", "unique_pair"), ...told, ...renderKey(drawn.key, first)];
    const other = target === "the first" ? [domain, resource] : target.split(" ");
    // A unique reference of a resource to itself, by its own name, has the same name at both ends.
    const references = second.references.filter((each) => each.resource !== other[1]?.toLowerCase());
    const added = [
      ...renderContent({ ...second, references }, "warden", "unique_other"),
      "--conflicts",
      policy,
    ];
    return [renderCommand([domain, resource, ...made]), renderCommand([...other, ...added])];
  });

function renderCommand(words: readonly string[]): string {
  return ["gen", "resource", ...words].map(quote).join(" ");
}

/** A word as it is typed into a shell. */
export function quote(word: string): string {
  return /^[\w.,:()[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
