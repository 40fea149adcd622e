import inflection from "inflection";
import { toPascalCase } from "../../support/casing.js";
import { findFolder } from "../paths.js";
import type { Notice } from "../plan.js";
import { globalNames } from "../reserved-words.js";
import { spellFile, type DomainTarget } from "../resource/find-target.js";
import type { Settings } from "../settings.js";
import { NamePool } from "./name-pool.js";
import type { SelectedTable } from "./select-tables.js";
import { findUsableWords } from "./usable-words.js";

/** A table with its class and its file. */
export interface PlacedTable extends SelectedTable {
  readonly className: string;
  readonly path: string;
  readonly domain: DomainTarget;
}

interface NamingContext {
  readonly settings: Settings;
  /** The domain of a table. */
  readonly findDomain: (table: SelectedTable) => DomainTarget;
  /** Class names of the project's own. */
  readonly taken: readonly string[];
}

/**
 * Names a class for each table: the singular of the table's name. Names are the project's, so that a second `users` in
 * another schema is named after that as well; tables of the connection's own schema come first.
 */
export function nameTables(
  tables: readonly SelectedTable[],
  { settings, findDomain, taken }: NamingContext,
): { readonly placed: readonly PlacedTable[]; readonly notices: readonly Notice[] } {
  const domains = [...new Set(tables.map((table) => findDomain(table).name))];
  const pool = new NamePool([...taken, ...domains], (name) => name.toLowerCase());
  const placed = [...tables].sort(compareTables).map((table) => {
    const domain = findDomain(table);
    const className = pool.take(listClassNames(table));
    const path = `${findFolder(domain.path)}/${spellFile(className, settings)}.ts`;
    return { ...table, className, path, domain };
  });
  return { placed, notices: placed.flatMap(tellName) };
}

function compareTables({ table: left, key }: SelectedTable, other: SelectedTable): number {
  const [own, others] = [left.schema === undefined, other.table.schema === undefined];
  if (own !== others) return own ? -1 : 1;
  return key < other.key ? -1 : 1;
}

/** The names that a table's class may have, the best first. */
export function listClassNames({ table }: Pick<SelectedTable, "table">): readonly [string, ...string[]] {
  const words = findUsableWords(table.name, "table");
  const plural = toPascalCase(words.join("_"));
  const last = inflection.singularize(words.at(-1) ?? "");
  const singular = toPascalCase([...words.slice(0, -1), last].join("_"));
  const schema = table.schema === undefined ? [] : findUsableWords(table.schema, "schema");
  const names = [singular, toPascalCase([...schema, singular].join("_")), plural, `${singular}Record`];
  const [first = "", ...rest] = [...new Set(names.filter((name) => !globalNames.has(name)))];
  return [first, ...rest];
}

function tellName(table: PlacedTable): readonly Notice[] {
  const [wanted] = listClassNames(table);
  if (table.className === wanted) return [];
  return [
    {
      code: "resource.renamed",
      severity: "notice",
      message: `The table "${table.key}" becomes ${table.className}: the name ${wanted} is taken.`,
    },
  ];
}
