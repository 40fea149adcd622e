export { buildKeyBeside, buildTableKey, parseTableKey, type TablePlace } from "../support/table-key.js";
