import type { NewRequest } from "./new-request.js";

const firstResource = [
  "npx ashlar gen resource Accounts User",
  "--attributes email:string:required,name:string",
];

/** A many-to-many between the resources of the example. */
const exampleRecipe = [
  "npx ashlar gen resource Accounts UserTask --primary-key user_id,task_id",
  "--attributes user_id:uuid:required --attributes task_id:uuid:required",
];

/** What to try in the new project; `lineBreak` is put where a long command may be broken. */
export function listFirstCommands(
  { example }: Pick<NewRequest, "example">,
  lineBreak = " ",
): readonly string[] {
  return [(example ? exampleRecipe : firstResource).join(lineBreak), "npx ashlar migrate"];
}

/** What to type when the project is written. */
export function listNextCommands(request: NewRequest): readonly string[] {
  return [
    ...(request.folder === "." ? [] : [`cd ${quoteArgument(request.folder)}`]),
    ...(request.install ? [] : ["npm install"]),
    ...listFirstCommands(request),
  ];
}

function quoteArgument(text: string): string {
  return /^[\w./\\:~-]+$/.test(text) ? text : `"${text}"`;
}
