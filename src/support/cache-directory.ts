import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder in which what can be made again is kept for this user; undefined where there is to be none. `ASHLAR_CACHE_DIR` names
 * another one, or turns the cache off with `off`.
 *
 * @example
 * findCacheDirectory({ XDG_CACHE_HOME: "/home/ada/.cache" }, "linux"); // "/home/ada/.cache/ashlar"
 */
export function findCacheDirectory(environment: Environment, platform: string): string | undefined {
  const asked = environment["ASHLAR_CACHE_DIR"];
  if (asked === "off" || asked === "0") return undefined;
  if (asked !== undefined && asked !== "") return asked;
  return join(findUserCacheDirectory(environment, platform), "ashlar");
}

function findUserCacheDirectory(environment: Environment, platform: string): string {
  const set = platform === "win32" ? environment["LOCALAPPDATA"] : environment["XDG_CACHE_HOME"];
  if (set !== undefined && set !== "") return set;
  return platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
