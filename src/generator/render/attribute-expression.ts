import type { AttributeType } from "../../runtime/attribute-type.js";
import type { AttributeSpec, DefaultSpec, GeneratedKey } from "../spec.js";
import { renderLiteral } from "./literal.js";

/** An expression and the names that it takes from ashlar. */
export interface Expression {
  readonly text: string;
  readonly imports: readonly string[];
}

const keyBuilders: Record<GeneratedKey, string> = {
  uuid: "uuidPrimaryKey",
  uuidV7: "uuidV7PrimaryKey",
  integer: "integerPrimaryKey",
};

/**
 * The declaration of an attribute.
 *
 * @example
 * renderAttribute(spec).text; // `string(80).required().unique()`
 */
export function renderAttribute(spec: AttributeSpec, columnIsImplied: boolean): Expression {
  const base = spec.generated ? renderKeyBuilder(spec.generated) : renderType(spec.type);
  const calls = [
    ...(spec.generated ? [] : renderKeyCalls(spec)),
    ...(spec.unique ? [".unique()"] : []),
    ...(spec.index ? [".index()"] : []),
    ...(spec.default ? [renderDefault(spec.default)] : []),
    ...(spec.generatedAs === undefined ? [] : [renderGeneration(spec.generatedAs, spec.virtual)]),
    ...(spec.readOnly ? [".readOnly()"] : []),
    ...(spec.private ? [".private()"] : []),
    ...(spec.sensitive ? [".sensitive()"] : []),
    ...(columnIsImplied ? [] : [`.column(${renderLiteral(spec.column)})`]),
    ...(spec.description === undefined ? [] : [`.description(${renderLiteral(spec.description)})`]),
  ];
  return { text: base.text + calls.join(""), imports: base.imports };
}

function renderGeneration(sql: string, virtual: true | undefined): string {
  return `.generatedAs(${renderLiteral(sql)}${virtual ? ', { mode: "virtual" }' : ""})`;
}

function renderKeyBuilder(generated: GeneratedKey): Expression {
  const builder = keyBuilders[generated];
  return { text: `${builder}()`, imports: [builder] };
}

function renderKeyCalls(spec: AttributeSpec): readonly string[] {
  if (spec.primaryKey) return [".primaryKey()"];
  return spec.required ? [".required()"] : [];
}

function renderDefault(given: DefaultSpec): string {
  switch (given.kind) {
    case "value":
      return `.default(${renderLiteral(given.value)})`;
    case "now":
      return `.generated("now")`;
    case "generated":
      return `.generated(${renderLiteral(given.by)})`;
    case "sql":
      return `.defaultSql(${renderLiteral(given.sql)})`;
  }
}

function renderType(type: AttributeType): Expression {
  const base = renderBareType(type);
  const storage = type.databaseType === undefined ? "" : `.databaseType(${renderLiteral(type.databaseType)})`;
  return { ...base, text: base.text + storage };
}

function renderBareType(type: AttributeType): Expression {
  if (type.kind === "array") {
    const of = renderType(type.of);
    return { text: `${of.text}.array()`, imports: of.imports };
  }
  const builder = type.kind === "enum" ? "enumeration" : type.kind;
  const native =
    type.kind === "enum" && type.native !== undefined ? `.native(${renderLiteral(type.native)})` : "";
  return { text: `${builder}(${renderTypeArguments(type)})${native}`, imports: [builder] };
}

function renderTypeArguments(type: AttributeType): string {
  if (type.kind === "enum") return type.values.map(renderLiteral).join(", ");
  if (type.kind === "string") return type.length === undefined ? "" : String(type.length);
  if (type.kind !== "decimal") return "";
  return [type.precision, type.scale].filter((part) => part !== undefined).join(", ");
}
