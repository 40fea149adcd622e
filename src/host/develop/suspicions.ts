import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { failure } from "../../support/problem.js";
import { isInside } from "../disk-tree.js";
import { describeTarget, type DatabaseTarget } from "./database-target.js";

/**
 * What makes a database look as if others depended on it, each in a few words; empty for one of a developer's own.
 *
 * @example
 * findSuspicions(target); // ['the environment is "production"', 'its host "db.example.org" is not this machine']
 */
export function findSuspicions(target: DatabaseTarget): readonly string[] {
  return [...suspectEnvironment(target), ...suspectPlace(target)];
}

/**
 * Stops before a database that does not look like one for development.
 *
 * @param command what was typed, without `npx ashlar`
 * @throws AshlarError `develop.refused`
 */
export function refuseSuspicious(target: DatabaseTarget, command: string): void {
  const suspicions = findSuspicions(target);
  if (suspicions.length === 0) return;
  throw failure({
    code: "develop.refused",
    message: `${capitalize(describeTarget(target))} does not look like one for development: ${suspicions.join(", and ")}. Nothing was done.`,
    hint: `If it is one all the same: npx ashlar ${command} --force`,
  });
}

const developmentEnvironments = ["development", "dev", "test", "testing", "local", "ci"];

function suspectEnvironment({ environment }: DatabaseTarget): readonly string[] {
  return developmentEnvironments.includes(environment.toLowerCase())
    ? []
    : [`the environment is "${environment}"`];
}

const productionName = /(?:^|[^a-z])(?:prd|prod|preprod|production|stage|staging|stg|live)(?:[^a-z]|$)/i;

function suspectPlace({ place, root }: DatabaseTarget): readonly string[] {
  switch (place.kind) {
    case "memory":
      return [];
    case "postgres":
      return [
        ...(isLocal(place.host) ? [] : [`its host "${place.host}" is not this machine`]),
        ...suspectName(place.name),
      ];
    default:
      return [
        ...(isInside(root, resolveReal(place.path)) ? [] : [`it lies outside the project, "${root}"`]),
        ...suspectName(basename(place.path)),
      ];
  }
}

function suspectName(name: string): readonly string[] {
  return productionName.test(name) ? [`it is called "${name}"`] : [];
}

/** A socket is a path, and on this machine. */
function isLocal(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|::1|\[::1\]|\/.*|.*\.localhost)$/i.test(host);
}

/**
 * Where a path leads when links are followed, as far as it exists.
 *
 * @example
 * resolveReal("/home/ada/shop/linked/new.sqlite"); // "/mnt/data/new.sqlite"
 */
export function resolveReal(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(resolveReal(dirname(path)), basename(path));
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
