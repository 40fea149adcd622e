import type { AttributeDefinition, AttributeType, AttributeTypeKind } from "../attribute-type.js";
import type { ResourceDefinition } from "../resource-definition.js";
import type { ValueFailure, ValueFault } from "./database-failure.js";
import type { Issue } from "./issue.js";
import { joinWords } from "./record-words.js";

/** PostgreSQL names the type, not the column: the issue is on the only attribute of that type, else on the whole. */
export function describeValueFailure({ fault, type }: ValueFailure, resource: ResourceDefinition): Issue {
  const names = resource.attributes.filter((attribute) => isOfType(attribute, type)).map(({ name }) => name);
  const subject = names.length === 0 ? "A value" : joinWords(names, "or");
  return {
    path: names.length === 1 ? names : [],
    ...describeFault({ fault, subject, type }),
  };
}

interface Fault {
  readonly fault: ValueFault;
  readonly subject: string;
  readonly type: string | undefined;
}

function describeFault({ fault, subject, type = "the type of its column" }: Fault): Omit<Issue, "path"> {
  const code = faultCodes[fault];
  if (fault !== "character") return { code, message: `${subject} ${faultWords[fault]} ${type}.` };
  return {
    code,
    message: "Text holds a character that the database cannot store.",
    hint: "Take out the character U+0000.",
  };
}

const faultCodes: Record<ValueFault, string> = {
  tooLong: "attribute.too_long",
  outOfRange: "attribute.out_of_range",
  malformed: "attribute.invalid",
  character: "attribute.invalid",
};

const faultWords: Record<Exclude<ValueFault, "character">, string> = {
  tooLong: "is too long for",
  outOfRange: "is out of range for",
  malformed: "is not valid for",
};

/** How PostgreSQL's names of the types begin; a string's is told with its length. */
const typeNames: Record<Exclude<AttributeTypeKind, "array">, string> = {
  string: "character varying",
  text: "text",
  integer: "integer",
  bigint: "bigint",
  float: "double precision",
  decimal: "numeric",
  boolean: "boolean",
  uuid: "uuid",
  date: "date",
  time: "time",
  datetime: "timestamp",
  json: "json",
  binary: "bytea",
  enum: "text",
};

function isOfType({ type }: AttributeDefinition, name: string | undefined): boolean {
  if (name === undefined) return false;
  const element = elementOf(type);
  if (element.kind === "string") return name === `character varying(${element.length ?? 255})`;
  return name.split(" with", 1)[0]?.replace(/^jsonb$/, "json") === typeNames[element.kind];
}

function elementOf(type: AttributeType): Exclude<AttributeType, { kind: "array" }> {
  return type.kind === "array" ? elementOf(type.of) : type;
}
