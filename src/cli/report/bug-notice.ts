/** What stands above the stack of an error that nobody foresaw; `word` is "error", coloured or not. */
export function renderBugNotice(word: string): string {
  const lines = [
    `  ${word}  This is a bug in ashlar, not a mistake of yours.`,
    "    Please report it, with the command you typed and the lines below.",
  ];
  return `\n${lines.join("\n")}\n\n`;
}
