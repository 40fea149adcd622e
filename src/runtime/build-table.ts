import { freezeDeep } from "./freeze.js";
import type {
  CheckDefinition,
  ForeignKeyDefinition,
  IdentityDefinition,
  ResourceDefinition,
} from "./resource-definition.js";
import type {
  CheckDeclaration,
  ForeignKeyDeclaration,
  IdentityDeclaration,
  Named,
  TableOptions,
} from "./table-declaration.js";

/** What a definition holds of `TableOptions`: only what was told. */
type BuiltTable = Pick<ResourceDefinition, keyof TableOptions>;

/** The table options of a resource as frozen data, in the order of declaration. */
export function buildTable({ indexes, checks, foreignKeys, statements, ...plain }: TableOptions): BuiltTable {
  const { schema, renamedFrom, managed, primaryKeyName, primaryKeyConstraint } = plain;
  return freezeDeep({
    ...(schema !== undefined && { schema }),
    ...(renamedFrom !== undefined && { renamedFrom }),
    ...(managed !== undefined && { managed }),
    ...(primaryKeyName !== undefined && { primaryKeyName }),
    ...(primaryKeyConstraint !== undefined && { primaryKeyConstraint }),
    ...(indexes && { indexes: nameEach(indexes) }),
    ...(checks && { checks: Object.entries(checks).map(buildCheck) }),
    ...(foreignKeys && { foreignKeys: Object.entries(foreignKeys).map(buildForeignKey) }),
    ...(statements && { statements: nameEach(statements) }),
  });
}

/** An identity of either form as frozen data. */
export function buildIdentity([name, declared]: readonly [
  string,
  readonly string[] | IdentityDeclaration,
]): IdentityDefinition {
  return freezeDeep(isList(declared) ? { name, attributes: [...declared] } : { name, ...copy(declared) });
}

function isList(declared: readonly string[] | IdentityDeclaration): declared is readonly string[] {
  return Array.isArray(declared);
}

function nameEach<Declaration extends object>(
  declared: Named<Declaration>,
): readonly (Declaration & { readonly name: string })[] {
  return Object.entries(declared).map(([name, declaration]) => ({ name, ...copy(declaration) }));
}

function buildCheck([name, declared]: readonly [string, CheckDeclaration]): CheckDefinition {
  return typeof declared === "string" ? { name, sql: declared } : { name, ...copy(declared) };
}

function buildForeignKey([name, declared]: readonly [string, ForeignKeyDeclaration]): ForeignKeyDefinition {
  const { onDelete = "noAction", ...rest } = copy(declared);
  const isPart = typeof onDelete === "object";
  return {
    name,
    onDelete: isPart ? "nilify" : onDelete,
    ...(isPart && { nilified: onDelete.nilify }),
    ...{ onUpdate: "noAction", ...rest },
  };
}

/** The declaration stays as its author holds it, and what is undefined counts as not said. */
function copy<Declaration extends object>(declaration: Declaration): Declaration {
  const told = Object.entries(declaration).filter(([, value]) => value !== undefined);
  // Without what is undefined it says the same.
  return structuredClone(Object.fromEntries(told)) as Declaration;
}
