import { splitWords } from "../../support/casing.js";

/** Letters that are no other letter with a mark, as people write them without. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
};

/**
 * The words of whatever name a database has, as TypeScript takes them: letters without their marks, other scripts by
 * the numbers of their characters. Never empty, and the first starts with a letter.
 *
 * @param opener what opens a name that would start with a digit, such as `column`
 * @example
 * findUsableWords("Größe (cm)", "column"); // ["grosse", "cm"]
 * findUsableWords("2fa", "column"); // ["column", "2fa"]
 */
export function findUsableWords(name: string, opener: string): readonly string[] {
  const words = splitWords(transliterate(name));
  const usable = words.length > 0 ? words : [...name].map(numberCharacter);
  return /^[a-z]/.test(usable[0] ?? "") ? usable : [opener, ...usable];
}

function transliterate(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.replace(/[^\0-\x7F]/gu, replaceCharacter);
}

function replaceCharacter(character: string): string {
  const lower = character.toLowerCase();
  const plain = plainLetters[lower];
  if (plain !== undefined)
    return character === lower ? plain : plain.charAt(0).toUpperCase() + plain.slice(1);
  return /[\p{L}\p{N}]/u.test(character) ? `_${numberCharacter(character)}_` : "_";
}

function numberCharacter(character: string): string {
  return `u${(character.codePointAt(0) ?? 0).toString(16)}`;
}
