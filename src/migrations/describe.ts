import { checkOf, columnNameOf, primaryKeyOf } from "../runtime/constraints.js";
import { findEnumConflicts } from "../runtime/checks/enum-rules.js";
import type { ResourceDefinition } from "../runtime/resource-definition.js";
import { AshlarError, type Problem } from "../support/problem.js";
import { describeColumns } from "./describe-columns.js";
import { describeForeignKeys } from "./describe-foreign-keys.js";
import { describeIndexes } from "./describe-indexes.js";
import { findDescriptionProblems } from "./describe-problems.js";
import { describeRenames } from "./describe-renames.js";
import { sortByName } from "./match-named.js";
import { type DescribedTable, mergeTables } from "./merge-tables.js";
import { findNameClashes, findSharedNames } from "./name-clashes.js";
import type { Renames } from "./renames.js";
import type { CheckSnapshot, PrimaryKeySnapshot, Snapshot, TableSnapshot } from "./snapshot.js";
import { buildTableKey } from "./table-key.js";

/** What resources want the database to be, and what was called otherwise before. */
export interface Description {
  readonly snapshot: Snapshot;
  readonly renames: Renames;
}

/**
 * The tables that resources need, by their keys; those of several resources are one. Resources that are not managed are
 * left out.
 *
 * @throws AshlarError with every problem: unknown attributes, statements without a way back, resources that disagree on a
 *   table they share, names that would be given twice.
 * @example
 * describeTables([definitionOf(User), definitionOf(Task)]).snapshot.get("users")?.primaryKey; // { name: "users_pkey", … }
 */
export function describeTables(definitions: readonly ResourceDefinition[]): Description {
  const managed = definitions.filter((definition) => definition.managed !== false);
  const problems: Problem[] = [...findEnumConflicts(managed)];
  const described = managed.flatMap((definition): DescribedTable[] => {
    const found = findDescriptionProblems(definition);
    problems.push(...found);
    return found.length > 0 ? [] : [{ owner: definition.name, table: buildTable(definition) }];
  });
  const merged = mergeTables(described);
  problems.push(...merged.problems, ...merged.tables.flatMap(findNameClashes));
  problems.push(...findSharedNames(merged.tables));
  throwIfAny(problems);
  return {
    snapshot: new Map(merged.tables.map((table) => [buildTableKey(table), table])),
    renames: describeRenames(managed),
  };
}

/**
 * The table that a resource needs: its columns in the order of declaration, its keys, its indexes, its checks.
 *
 * @throws AshlarError where a key, identity, index or relationship names an unknown attribute, a statement has no way
 *   back, or two objects get one name.
 * @example
 * describeTable(definitionOf(UserTask)).primaryKey; // { name: "user_tasks_pkey", columns: ["user_id", "task_id"] }
 */
export function describeTable(definition: ResourceDefinition): TableSnapshot {
  throwIfAny(findDescriptionProblems(definition));
  const table = buildTable(definition);
  throwIfAny(findNameClashes(table));
  return table;
}

function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new AshlarError("failure", problems);
}

function buildTable(definition: ResourceDefinition): TableSnapshot {
  const { schema, table, description, statements = [] } = definition;
  const primaryKey = describePrimaryKey(definition);
  const foreignKeys = describeForeignKeys(definition);
  const checks = describeChecks(definition);
  return {
    ...(schema !== undefined && { schema }),
    name: table,
    ...(description !== undefined && { comment: description }),
    columns: describeColumns(definition),
    ...(primaryKey && { primaryKey }),
    indexes: describeIndexes(definition, primaryKey, foreignKeys),
    foreignKeys: foreignKeys.map(({ foreignKey }) => foreignKey),
    ...(checks.length > 0 && { checks }),
    ...(statements.length > 0 && { statements }),
  };
}

function describePrimaryKey(definition: ResourceDefinition): PrimaryKeySnapshot | undefined {
  if (definition.primaryKey.length === 0 || definition.primaryKeyConstraint === false) return undefined;
  const columns = definition.primaryKey.map((name) => columnNameOf(definition, name));
  return { name: primaryKeyOf(definition), columns };
}

function describeChecks(definition: ResourceDefinition): readonly CheckSnapshot[] {
  const checks = (definition.checks ?? []).map((check) => ({
    name: checkOf(definition, check),
    sql: check.sql,
  }));
  return sortByName(checks);
}
