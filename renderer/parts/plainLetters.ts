/** Returns a text as people type it when they look for something: without accents and capitals. */
export const plainLetters = (text: string): string =>
  text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();
