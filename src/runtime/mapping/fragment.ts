/** A part of a statement, with `?` where its values belong. */
export interface Fragment {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** SQL without values. */
export function plainSql(sql: string): Fragment {
  return { sql, bindings: [] };
}

/**
 * Fragments one after the other.
 *
 * @example
 * joinFragments([{ sql: "a = ?", bindings: [1] }, { sql: "b", bindings: [] }], " and "); // { sql: "a = ? and b", bindings: [1] }
 */
export function joinFragments(fragments: readonly Fragment[], separator: string): Fragment {
  return {
    sql: fragments.map(({ sql }) => sql).join(separator),
    bindings: fragments.flatMap(({ bindings }) => bindings),
  };
}

/** A fragment out of SQL and fragments, in the order in which they stand. */
export function writeSql(parts: TemplateStringsArray, ...values: readonly (Fragment | string)[]): Fragment {
  let sql = parts[0] ?? "";
  const bindings: unknown[] = [];
  for (const [index, value] of values.entries()) {
    if (typeof value === "string") sql += value;
    else {
      sql += value.sql;
      for (const binding of value.bindings) bindings.push(binding);
    }
    sql += parts[index + 1] ?? "";
  }
  return { sql, bindings };
}
