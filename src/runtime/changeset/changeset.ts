import type { Issue } from "../errors/issue.js";
import type { ManageOptions } from "../manage/manage-options.js";
import type { ActionKind } from "../resource-definition.js";
import type { TableMap } from "../mapping/table-map.js";
import { buildDraft, manage, setValue } from "./build-draft.js";
import { copyDraft, findDraftIssues, type AnyRecord, type Draft } from "./draft.js";
import { findAction } from "./find-action.js";
import type { WriteContext } from "./write-context.js";

/** A changeset by its draft; the faces that users see are those of `changeset-types.ts`. */
export class DraftChangeset {
  readonly #context: WriteContext;
  readonly #draft: Draft;

  constructor(context: WriteContext, draft: Draft) {
    this.#context = context;
    this.#draft = draft;
  }

  get valid(): boolean {
    return this.errors.length === 0;
  }

  get errors(): readonly Issue[] {
    return findDraftIssues(this.#draft);
  }

  change(values: Readonly<Record<string, unknown>>): DraftChangeset {
    return this.#with((draft) => {
      for (const [name, value] of Object.entries(values))
        if (value !== undefined) setValue(draft, name, value);
    });
  }

  manageRelationship(name: string, input: unknown, options: ManageOptions): DraftChangeset {
    return this.#with((draft) => manage(draft, { name, input, options }));
  }

  create(): Promise<AnyRecord> {
    return this.#carryOut("create");
  }

  update(): Promise<AnyRecord> {
    return this.#carryOut("update");
  }

  destroy(): Promise<AnyRecord> {
    return this.#carryOut("destroy");
  }

  async #carryOut(kind: "create" | "update" | "destroy"): Promise<AnyRecord> {
    const [record = {}] = await this.#context.writer[kind](this.#context, [this.#draft]);
    return record;
  }

  #with(change: (draft: Draft) => void): DraftChangeset {
    const draft = copyDraft(this.#draft);
    change(draft);
    return new DraftChangeset(this.#context, draft);
  }
}

/** What `repo.changeset` gives before the action is known. */
export class ChangesetStart {
  readonly #context: WriteContext;
  readonly #table: TableMap;
  readonly #record: AnyRecord | undefined;

  constructor(context: WriteContext, table: TableMap, record: AnyRecord | undefined) {
    this.#context = context;
    this.#table = table;
    this.#record = record;
  }

  forCreate(...given: readonly unknown[]): DraftChangeset {
    return this.#start("create", given);
  }

  forUpdate(...given: readonly unknown[]): DraftChangeset {
    return this.#start("update", given);
  }

  forDestroy(...given: readonly unknown[]): DraftChangeset {
    return this.#start("destroy", given);
  }

  #start(kind: ActionKind, given: readonly unknown[]): DraftChangeset {
    const { action, input } = readActionCall(this.#table, kind, given);
    const draft = buildDraft({ table: this.#table, action, record: this.#record, input });
    return new DraftChangeset(this.#context, draft);
  }
}

/** The action and the input of a call that may leave out the name of the action. */
export function readActionCall(table: TableMap, kind: ActionKind, [first, second]: readonly unknown[]) {
  const name = typeof first === "string" ? first : undefined;
  return { action: findAction(table.definition, kind, name), input: name === undefined ? first : second };
}
