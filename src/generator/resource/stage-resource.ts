import { buildTableKey } from "../../support/table-key.js";
import type { Problem } from "../../support/problem.js";
import type { GeneratorContext } from "../context.js";
import type { Notice } from "../plan.js";
import type { ProjectSources } from "../project-source.js";
import { buildResourceLocals } from "../render/resource-file.js";
import type { Problems } from "../request/problems.js";
import type { TypedRequest } from "../request/typed-request.js";
import type { ResourceRequest } from "../resource-request.js";
import { findSnapshotPath, readSnapshot } from "../snapshot-store.js";
import { findResources } from "../source/resource-reader.js";
import type { ResourceSpec } from "../spec.js";
import type { Staging } from "../staging.js";
import { renderTemplate } from "../template.js";
import { buildDefinition } from "./build-definition.js";
import type { ResourceIntent } from "./build-intent.js";
import { describeCreation, describeExtension, type TableChange } from "./describe-change.js";
import { findAdditions } from "./find-additions.js";
import type { DomainTarget } from "./find-target.js";
import { renderImport } from "./render-import.js";
import type { ResourceTarget } from "./resource-draft.js";
import { stageExtension } from "./stage-extension.js";
import { stageMigration } from "./stage-migration.js";
import { findNamed } from "./stage-relationships.js";

export interface ResourceStaging {
  readonly staging: Staging;
  readonly intent: ResourceIntent;
  readonly target: ResourceTarget;
  readonly domain: DomainTarget;
  readonly typed: TypedRequest;
  readonly request: ResourceRequest;
  readonly context: GeneratorContext;
  readonly sources: ProjectSources;
}

/** What became of the resource's file, and the migration that waits behind the other files. */
export interface StagedResource {
  readonly notices: readonly Notice[];
  stageMigration(): readonly Notice[];
}

/** Stages the resource's file: a new one, or what an existing one lacks. */
export function stageResource(work: ResourceStaging, problems: Problems): StagedResource {
  const { change, notices } = work.target.existing
    ? extendResource(work, work.target.existing, problems)
    : createResource(work, problems);
  return { notices, stageMigration: () => migrate(work, change) };
}

function createResource(work: ResourceStaging, problems: Problems) {
  const { staging, intent, target, domain, context } = work;
  const { spec, references } = intent;
  const sample = domain.existing ? (context.files.read(domain.path) ?? "") : "";
  const imports = findNamed(spec.relationships)
    .filter((destination) => destination.path !== target.path)
    .map((destination) => renderImport(destination, target.path, sample, context));
  const locals = buildResourceLocals(spec, imports, context.settings.attributeCase);
  staging.create(target.path, renderTemplate(context, "resource/resource.ts.ejs", locals));
  const definition = buildDefinition(spec, references, context.settings.attributeCase);
  const change = describeCreation(definition, readSnapshot(context, spec.table));
  const lost = findLostColumns(change);
  if (work.request.migration && lost.length > 0) problems.add(holdsMore(spec, lost, context));
  return { change, notices: [] };
}

function findLostColumns({ before, after }: TableChange): readonly string[] {
  const kept = new Set(after.columns.map(({ name }) => name));
  return (before?.columns ?? []).map(({ name }) => name).filter((name) => !kept.has(name));
}

/** The table of a resource whose file is gone, or one that someone else made: its values are not ours to delete. */
function holdsMore(
  { name, table }: ResourceSpec,
  lost: readonly string[],
  { settings }: GeneratorContext,
): Problem {
  const path = findSnapshotPath(settings.migrations, table);
  return {
    code: "table.columns.lost",
    message: `The table "${table}" is there already, and has columns that ${name} would not have: ${lost.join(", ")}.`,
    hint: `Declare them with --attributes, or name another table with --table. If the table is gone, delete ${path}.`,
  };
}

type Existing = NonNullable<ResourceTarget["existing"]>;

function extendResource(work: ResourceStaging, existing: Existing, problems: Problems) {
  const { staging, intent, target, typed, context, sources } = work;
  const source = findResources(sources.read(target.path)).find(({ name }) => name === target.name);
  if (!source) throw new Error(`${target.path} lost ${target.name} while it was read`);
  const additions = findAdditions(intent.spec, intent.references, source, typed.conflicts, problems);
  stageExtension(staging, intent.spec, additions, target.path, context);
  const added: ResourceSpec = {
    ...intent.spec,
    attributes: [...additions.attributes, ...additions.replaced],
    timestamps: additions.timestamps,
    identities: additions.identities,
  };
  const definition = buildDefinition(added, additions.references, context.settings.attributeCase);
  const change = describeExtension(definition, existing, readSnapshot(context, findKey(existing)));
  return { change, notices: additions.notices };
}

function findKey({ schema, table }: Existing): string {
  return buildTableKey({ ...(schema !== undefined && { schema }), name: table });
}

function migrate(
  { staging, intent, request, context }: ResourceStaging,
  change: TableChange,
): readonly Notice[] {
  const isJoin = intent.join.keyed.length > 0;
  const name = request.migrationName;
  return stageMigration(staging, { change, isJoin, ...(name !== undefined && { name }) }, context);
}
