/** A text of JavaScript or TypeScript with a blank for each comment; what looks like one inside of a string stays. */
export function removeComments(text: string): string {
  const stringOrComment =
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(stringOrComment, (_, string?: string) => string ?? " ");
}
