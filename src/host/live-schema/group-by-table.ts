/** The rows by their table, in one pass. */
export function groupByTable<Row extends { readonly table: string }>(
  rows: readonly Row[],
): (table: string) => readonly Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.table);
    if (group === undefined) groups.set(row.table, [row]);
    else group.push(row);
  }
  return (table) => groups.get(table) ?? [];
}
