/**
 * What a text has that another has not, from where the first is no longer found in the second in order; white space
 * does not count. The empty string where nothing is lost.
 */
export function findLostText(before: string, after: string): string {
  const wanted = before.replace(/\s/g, "");
  let met = 0;
  for (const character of after) if (character === wanted.charAt(met)) met++;
  return wanted.slice(met);
}
