import { buildTableKey } from "../../support/table-key.js";
import { serializeTable } from "../../migrations/serialize.js";
import type { Snapshot } from "../../migrations/snapshot.js";
import type { GeneratorContext } from "../context.js";
import type { Notice } from "../plan.js";
import type { ProjectIndex } from "../project-index.js";
import { buildResourceLocals } from "../render/resource-file.js";
import type { DomainTarget } from "../resource/find-target.js";
import { createDomain, stageDomain, stageRepo } from "../resource/stage-domain.js";
import { renderImport } from "../resource/render-import.js";
import { findNamed } from "../resource/stage-relationships.js";
import { findSnapshotPath } from "../snapshot-store.js";
import type { Staging } from "../staging.js";
import { renderTemplate } from "../template.js";
import type { ImportedResource, ImportedTables } from "./import-tables.js";
import { spellOut } from "./spell-out.js";

interface StagingContext {
  readonly staging: Staging;
  readonly context: GeneratorContext;
  readonly index: ProjectIndex;
}

/** Stages the files of resources, of their domains and of their tables' snapshots. */
export function stageImport(
  imported: ImportedTables,
  { staging, context, index }: StagingContext,
): readonly Notice[] {
  for (const resource of imported.resources) stageResourceFile(resource, imported, { staging, context });
  const domains = [...new Set(imported.resources.map(({ placed }) => placed.domain))];
  const notices = domains.flatMap((domain) => {
    const own = imported.resources.filter(({ placed }) => placed.domain === domain);
    return stageDomainFile(domain, own, { staging, context, index });
  });
  const snapshots = imported.resources.flatMap((each) => stageSnapshot(each, { staging, context }));
  return [...notices, ...snapshots];
}

type Writing = Pick<StagingContext, "staging" | "context">;

function stageResourceFile(
  { placed, definition }: ImportedResource,
  { references }: ImportedTables,
  { staging, context }: Writing,
): void {
  const { attributeCase } = context.settings;
  const spec = spellOut(definition, { domain: placed.domain.name, attributeCase, references });
  const sample = placed.domain.existing ? (context.files.read(placed.domain.path) ?? "") : "";
  const imports = findNamed(spec.relationships)
    .filter(({ path }) => path !== placed.path)
    .map((destination) => renderImport(destination, placed.path, sample, context));
  const locals = buildResourceLocals(spec, imports, attributeCase);
  staging.create(placed.path, renderTemplate(context, "resource/resource.ts.ejs", locals));
}

function stageDomainFile(
  domain: DomainTarget,
  resources: readonly ImportedResource[],
  { staging, context, index }: StagingContext,
): readonly Notice[] {
  const listed = resources.map(({ placed: { className, path } }) => ({ name: className, path }));
  if (!domain.existing) {
    createDomain(staging, domain, listed, context);
    return stageRepo(staging, domain, index, context);
  }
  for (const resource of listed) stageDomain(staging, domain, resource, context);
  return [];
}

/** Stages the snapshots of tables whose resources are there. */
export function stageAdopted(adopted: Snapshot, staging: Staging, { settings }: GeneratorContext): void {
  for (const [key, table] of adopted) {
    staging.write(findSnapshotPath(settings.migrations, key), serializeTable(table));
  }
}

/** A snapshot that is there and says something else is somebody's work, and is left alone. */
function stageSnapshot(
  { placed, isManaged }: ImportedResource,
  { staging, context }: Writing,
): readonly Notice[] {
  if (!isManaged) return [];
  const { files, settings } = context;
  const path = findSnapshotPath(settings.migrations, buildTableKey(placed.table));
  const text = serializeTable(placed.table);
  const before = files.read(path);
  staging.write(path, before ?? text);
  if (before === undefined || before === text) return [];
  return [
    {
      code: "snapshot.kept",
      severity: "warning",
      message: `"${path}" is there already and says something else than the database; it was left as it is.`,
      hint: `If the database is right, delete it and run this again.`,
    },
  ];
}
