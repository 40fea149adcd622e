import { describeTarget, type DatabaseTarget } from "../../host/develop/database-target.js";
import type { RanMigration } from "../../host/migrate/migrator.js";
import type { Terminal } from "../terminal.js";
import { renderDone } from "./done.js";
import { createMigrationReporter, type MigrationReporter } from "./migration.js";

/** What was done to a whole database, as `--json` gives it; what a command does not do is left out. */
interface DoneToDatabase {
  database: {
    readonly kind: string;
    readonly name?: string;
    readonly host?: string;
    readonly port?: number;
    readonly path?: string;
  };
  dropped?: boolean;
  created?: boolean;
  ran?: readonly RanMigration[];
  seeded?: { readonly name: string; readonly milliseconds: number }[];
}

/** Tells what is done to a whole database, as it is done or as JSON in the end. */
export interface DevelopReporter {
  readonly done: DoneToDatabase;
  /** Of the migrations that are run. */
  readonly migrations: MigrationReporter;
  tellDropped(wasThere: boolean): void;
  tellCreated(isNew: boolean): void;
  tellSeeded(name: string, milliseconds: number): void;
  /** A word to people alone. */
  say(sentence: string): void;
}

export function createDevelopReporter(
  target: DatabaseTarget,
  terminal: Terminal,
  { isJson }: { readonly isJson: boolean },
): DevelopReporter {
  const { data, talk } = terminal;
  const named = describeTarget(target);
  const words = { running: "migrating", done: "migrated" };
  const migrations = createMigrationReporter(words, terminal, { isJson });
  const done: DoneToDatabase = { database: describePlace(target) };
  const tell = (verb: string, what: string): void => {
    if (!isJson) data.write(renderDone(verb, what, data.colors));
  };
  const say = (sentence: string): void => {
    if (!isJson) talk.write(`  ${sentence}\n`);
  };
  return {
    ...{ done, migrations, say },
    tellDropped(wasThere) {
      done.dropped = wasThere;
      if (wasThere) tell("dropped", named);
      else say(`There is nothing to drop: ${named} is not there.`);
    },
    tellCreated(isNew) {
      Object.assign(done, { created: isNew, ran: migrations.ran, seeded: [] });
      if (isNew) tell("created", named);
    },
    tellSeeded(name, milliseconds) {
      done.seeded = [...(done.seeded ?? []), { name, milliseconds }];
      tell("seeded", name);
    },
  };
}

/** Without what it takes to connect, such as a password. */
function describePlace({ place }: DatabaseTarget): DoneToDatabase["database"] {
  if (place.kind !== "postgres") return place;
  const { kind, name, host, port } = place;
  return { kind, name, host, port };
}
