/** The parts of a driver's error that say what happened; those of another type than text are left out. */
export interface DriverError {
  /** What the driver said, without the statement that Knex puts before it. */
  readonly message: string;
  /** With the statement; on PostgreSQL that holds no bound values. */
  readonly wholeMessage: string;
  readonly code: string;
  readonly syscall?: string;
  readonly detail?: string;
  readonly constraint?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
}

const optionalFields = ["syscall", "detail", "constraint", "schema", "table", "column"] as const;

/** Undefined where it is not an error at all. */
export function readDriverError(error: unknown): DriverError | undefined {
  if (!(error instanceof Error)) return undefined;
  const given = optionalFields.flatMap((field) => {
    const text = readText(error, field);
    return text === undefined ? [] : [[field, text] as const];
  });
  const wholeMessage = findMessage(error);
  return {
    message: cutStatement(wholeMessage),
    wholeMessage,
    code: readText(error, "code") ?? "",
    ...Object.fromEntries(given),
  };
}

function readText(error: Error, field: string): string | undefined {
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : undefined;
}

/** A host of several addresses fails with one error for each, and no message of its own. */
function findMessage(error: Error): string {
  if (error.message !== "" || !(error instanceof AggregateError)) return error.message;
  const [first]: unknown[] = error.errors;
  return first instanceof Error ? first.message : "";
}

const separator = " - ";
const statementStart =
  /^[\s(]*(?:select|insert|update|delete|merge|with|values|begin|start|commit|rollback|savepoint|release|set|show|lock|call|do|explain|pragma|create|alter|drop|truncate|reindex|vacuum|analyze|refresh|copy|--|\/\*)/i;

/**
 * The message without the statement, and on SQLite its values, that Knex puts before it: `<statement> - <message>`. Both
 * may hold the separator. Cutting at the last one can lose the head of a message, never leave a piece of a statement.
 */
export function cutStatement(message: string): string {
  const at = message.lastIndexOf(separator);
  return at >= 0 && statementStart.test(message) ? message.slice(at + separator.length) : message;
}
