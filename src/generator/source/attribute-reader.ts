import type { AttributeType } from "../../runtime/attribute-type.js";
import type { GeneratedKey } from "../spec.js";
import { readString, resolveExpression } from "./constants.js";
import { findAshlarName } from "./imports.js";
import type { Source } from "./parser.js";
import { ts } from "./parser.js";
import type { AttributeSource } from "./resource-source.js";

/** One call of a builder chain: `required()` of `string(80).required()`. */
interface Call {
  readonly name: string;
  readonly arguments: readonly ts.Expression[];
}

/** A builder chain, innermost call first. */
interface Chain {
  readonly base: Call;
  readonly calls: readonly Call[];
}

const generatedKeys: Readonly<Record<string, { readonly key: GeneratedKey; readonly type: AttributeType }>> =
  {
    uuidPrimaryKey: { key: "uuid", type: { kind: "uuid" } },
    uuidV7PrimaryKey: { key: "uuidV7", type: { kind: "uuid" } },
    integerPrimaryKey: { key: "integer", type: { kind: "integer" } },
  };

/**
 * Reads one attribute from the chain of calls that builds it.
 *
 * @example
 * readAttribute(source, "email", expression); // of `string(80).required().unique()`:
 * // { name: "email", type: { kind: "string", length: 80 }, required: true, unique: true, … }
 */
export function readAttribute(source: Source, name: string, expression: ts.Expression): AttributeSource {
  const chain = readChain(source, resolveExpression(source, expression));
  const generated = chain && generatedKeys[chain.base.name];
  const type = chain && (generated?.type ?? readType(source, chain));
  const column = chain && readGiven(source, chain, "column");
  const renamedFrom = chain && readGiven(source, chain, "renamedFrom");
  const calls = new Set(chain?.calls.map((call) => call.name));
  const primaryKey = generated !== undefined || calls.has("primaryKey");
  return {
    name,
    expression: expression.getText(source.file),
    ...(type ? { type } : {}),
    ...(generated ? { generated: generated.key } : {}),
    required: primaryKey || calls.has("required"),
    primaryKey,
    unique: calls.has("unique"),
    index: calls.has("index"),
    private: calls.has("private"),
    sensitive: calls.has("sensitive"),
    ...(column === undefined ? {} : { column }),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
  };
}

function readChain(source: Source, expression: ts.Expression): Chain | undefined {
  if (!ts.isCallExpression(expression)) return undefined;
  const name = findAshlarName(source, expression.expression);
  if (name !== undefined) return { base: { name, arguments: expression.arguments }, calls: [] };
  if (!ts.isPropertyAccessExpression(expression.expression)) return undefined;
  const inner = readChain(source, resolveExpression(source, expression.expression.expression));
  const call = { name: expression.expression.name.text, arguments: expression.arguments };
  return inner && { base: inner.base, calls: [...inner.calls, call] };
}

function readType(source: Source, { base, calls }: Chain): AttributeType | undefined {
  const type = readBaseType(source, base);
  if (type === undefined) return undefined;
  return calls.reduce<AttributeType | undefined>((each, call) => each && applyCall(source, each, call), type);
}

/** What a call makes of the type; undefined where only running would tell. */
function applyCall(
  source: Source,
  type: AttributeType,
  { name, arguments: given }: Call,
): AttributeType | undefined {
  if (name === "array") return { kind: "array", of: type };
  if (name !== "native" && name !== "databaseType") return type;
  const [argument] = given;
  const written = argument && readString(source, argument);
  if (written === undefined) return undefined;
  if (name === "databaseType") return { ...type, databaseType: written };
  return type.kind === "enum" ? { ...type, native: written } : type;
}

function readBaseType(source: Source, { name, arguments: given }: Call): AttributeType | undefined {
  switch (name) {
    case "string":
      return readStringType(given);
    case "decimal":
      return readDecimalType(given);
    case "enumeration":
      return readEnumType(source, given);
    case "text":
    case "integer":
    case "bigint":
    case "float":
    case "boolean":
    case "uuid":
    case "date":
    case "time":
    case "datetime":
    case "json":
    case "binary":
      return { kind: name };
    default:
      return undefined;
  }
}

function readStringType([length]: readonly ts.Expression[]): AttributeType | undefined {
  if (length === undefined) return { kind: "string" };
  return ts.isNumericLiteral(length) ? { kind: "string", length: Number(length.text) } : undefined;
}

function readDecimalType(given: readonly ts.Expression[]): AttributeType | undefined {
  if (!given.every((argument) => ts.isNumericLiteral(argument))) return undefined;
  const [precision, scale] = given.map((argument) => Number(argument.text));
  return {
    kind: "decimal",
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
  };
}

function readEnumType(source: Source, given: readonly ts.Expression[]): AttributeType | undefined {
  const values = given.map((argument) => readString(source, argument));
  return values.every((value) => value !== undefined) ? { kind: "enum", values } : undefined;
}

/** The text that the last call of a name was given. */
function readGiven(source: Source, { calls }: Chain, name: string): string | undefined {
  const [given] = calls.findLast((call) => call.name === name)?.arguments ?? [];
  return given && readString(source, given);
}
