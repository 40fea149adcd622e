import type { AttributeType } from "../../runtime/attribute-type.js";
import type { Problems } from "../request/problems.js";
import type { ResourceRequest } from "../resource-request.js";
import type { AttributeSpec } from "../spec.js";
import type { DraftAttribute } from "./draft-attributes.js";
import { followKeyType } from "./references.js";
import type { ResourceDraft } from "./resource-draft.js";
import { findReferenceName } from "./spelling.js";

/** The attributes with their types; one that refers to a key has the key's. */
export function buildAttributes(draft: ResourceDraft, problems: Problems): readonly AttributeSpec[] {
  return draft.attributes.map((attribute) => buildAttribute(attribute, draft, problems));
}

function buildAttribute(
  attribute: DraftAttribute,
  { primaryKey, references, request }: ResourceDraft,
  problems: Problems,
): AttributeSpec {
  const { name, column, unique, index, sensitive, generated } = attribute;
  const isKey = primaryKey.includes(name);
  const reference = references.find((each) => each.attribute === name);
  const type = reference
    ? followKeyType(attribute.type, reference.key, reference.destination, attribute.entry, problems)
    : (attribute.type ?? (isKey ? { kind: "uuid" } : requireType(attribute, request, problems)));
  return {
    ...{ name, column, type, unique, index, sensitive, private: attribute.private },
    ...{ required: attribute.required || isKey, primaryKey: isKey },
    ...(attribute.default && { default: attribute.default }),
    ...(generated ? { generated } : attribute.uuidV7 && isKey ? { generated: "uuidV7" } : {}),
  };
}

/** An attribute may go without a type only where a reference gives it one. */
function requireType(attribute: DraftAttribute, request: ResourceRequest, problems: Problems): AttributeType {
  const { entry } = attribute;
  const isImplied = entry.split(":").length > 2;
  const isReported = request.references && findReferenceName(attribute.name) !== undefined;
  if (!isImplied && !isReported) {
    problems.add({
      code: "attribute.malformed",
      message: `The attribute "${entry}" is not of the form name:type[:modifier].`,
      hint: `Write it like ${entry}:string:required.`,
    });
  }
  return { kind: "uuid" };
}
