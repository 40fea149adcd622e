import { quoteName, quoteTable, quoteText } from "./names.js";

/** `comment on table "users" is 'Who may log in'` */
export function buildCommentOnTable(table: string, comment: string | undefined): string {
  return `comment on table ${quoteTable(table)} is ${buildComment(comment)}`;
}

/** `comment on column "users"."name" is null` */
export function buildCommentOnColumn(table: string, column: string, comment: string | undefined): string {
  return `comment on column ${quoteTable(table)}.${quoteName(column)} is ${buildComment(comment)}`;
}

function buildComment(comment: string | undefined): string {
  return comment === undefined ? "null" : quoteText(comment);
}
