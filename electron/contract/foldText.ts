/**
 * Returns a text as searching compares it; a query and what it is sought in are folded alike. Case, composition
 * and width are folded (full case folding, NFC, and NFKC for letters and digits): é in one or two characters,
 * Ａ and a, ß and ss, the three sigmas, and all four of i, I, ı and İ are the same. Accents are not: é is no e.
 * Characters that cannot be seen are left out. Folding what is folded changes nothing.
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
      // Only the way over capitals makes ß, ẞ and ss, or ı and i, the same.
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
 * Returns the folded text, or null where nothing but small for capital ASCII letters is another one: that much
 * the index does by itself, and most texts need no second copy.
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
