/**
 * Returns the form of a text that search compares; queries and searched texts are folded alike. Folds case, composition
 * and width (full case folding, NFC, and NFKC for letters and digits): é as one or two characters, Ａ and a, ß and ss,
 * the three sigmas, and all four of i, I, ı and İ are equal. Accents are kept: é is not e. Invisible characters are
 * removed. Folding is idempotent.
 */
export function foldText(text: string): string {
  if (isAscii.test(text)) return text.toLowerCase().replaceAll("\0", " ");
  return (
    text
      .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
      .replaceAll("\0", " ")
      .replaceAll(unseen, "")
      .normalize("NFC")
      .replaceAll(lettersAndDigits, (run) => run.normalize("NFKC"))
      // Only converting to upper case in between makes ß, ẞ and ss, or ı and i, equal.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll("ς", "σ")
      .normalize("NFD")
      .replaceAll("i\u0307", "i")
      .normalize("NFC")
  );
}

/**
 * Returns the folded text, or null if it differs from the text at most in the case of ASCII letters. The index handles
 * that itself, so most texts need no second copy.
 */
export function foldedBesideText(text: string): string | null {
  const folded = foldText(text);
  return folded === asciiLower(text) ? null : folded;
}

const asciiLower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

// oxlint-disable-next-line no-control-regex
const isAscii = /^[\x00-\x7F]*$/;
const lettersAndDigits = /[\p{L}\p{M}\p{N}]+/gu;
const unseen = /\p{Default_Ignorable_Code_Point}/gu;
