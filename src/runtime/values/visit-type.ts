import type { AttributeType, AttributeTypeKind } from "../attribute-type.js";

/** A type of one kind, with the options that this kind has. */
export type TypeOf<Kind extends AttributeTypeKind> = Extract<AttributeType, { kind: Kind }>;

/** What to do for each kind of type; the compiler asks for every kind. */
export type TypeVisitor<Result> = {
  readonly [Kind in AttributeTypeKind]: (type: TypeOf<Kind>) => Result;
};

/** Calls what the visitor has for the type's kind. */
export function visitType<Result>(type: AttributeType, visitor: TypeVisitor<Result>): Result {
  // The compiler does not see that the kind picks the member which takes this very type.
  const visit = visitor[type.kind] as (type: AttributeType) => Result;
  return visit(type);
}
