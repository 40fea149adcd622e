import type { ResourceRequest } from "../resource-request.js";

const plain = {
  primaryKey: [],
  relationships: [],
  identities: [],
  timestamps: false,
  inverse: [],
  references: true,
  ignoreIfExists: false,
  migration: true,
} satisfies Partial<ResourceRequest>;

/** The resources of `--example`, made as `gen resource` makes them. */
export const exampleRequests: readonly ResourceRequest[] = [
  {
    ...plain,
    domain: "Accounts",
    name: "User",
    attributes: ["email:string:required", "name:string"],
    identities: ["uniqueEmail:email"],
  },
  {
    ...plain,
    domain: "Works",
    name: "Task",
    attributes: ["title:string:required", "done:boolean:required:default(false)"],
  },
];
