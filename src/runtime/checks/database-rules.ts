import { failure, type Problem } from "../../support/problem.js";
import type { Domain } from "../domain.js";
import type { DatabaseKind } from "../values/database.js";

/**
 * Makes sure that a kind of database has what definitions ask for beyond their columns.
 *
 * @throws AshlarError `database.schema.unsupported` for each resource in a schema that SQLite does not have
 * @example
 * checkDatabase([Accounts, Works], "sqlite");
 */
export function checkDatabase(domains: readonly Domain[], database: DatabaseKind): void {
  const problems = database === "sqlite" ? domains.flatMap(findSchemas) : [];
  if (problems.length > 0) throw failure(...problems);
}

function findSchemas({ resources }: Domain): Problem[] {
  return resources.flatMap(({ definition: { name, schema, table } }) =>
    schema === undefined
      ? []
      : [
          {
            code: "database.schema.unsupported",
            message: `"${name}" is in the schema "${schema}", and SQLite has no schemas.`,
            hint: `Leave schema out, with the table named apart: table: "${schema}_${table}".`,
          },
        ],
  );
}
