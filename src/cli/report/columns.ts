/**
 * The cells of a table, all but the last of each row padded to the width of their column.
 *
 * @example
 * alignColumns([["a", "b"], ["ccc", "d"]]); // [["a  ", "b"], ["ccc", "d"]]
 */
export function alignColumns(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const findWidth = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(findWidth(column)))),
  );
}
