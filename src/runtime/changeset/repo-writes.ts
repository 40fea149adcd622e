import type { Session } from "../session/session.js";
import type { Repo } from "../repo-types.js";
export function createWrites(_session: Session, _handOver: () => Repo): object {
  return {};
}
