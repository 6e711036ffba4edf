/** The endings of the languages that pages are made of; the first one is used where no name is given. */
export const endings = {
  html: ["html", "htm"],
  css: ["css"],
  js: ["js", "mjs"],
  jsx: ["jsx", "tsx", "js", "ts"],
  svg: ["svg"],
} as const;
export type FileLanguage = keyof typeof endings;

const named = /[A-Za-z0-9_-][A-Za-z0-9._-]{0,90}\.[A-Za-z]{2,4}(?![A-Za-z0-9])/g;

/** Returns the last name in a text that has one of the language's endings, without its folder, or null. */
export function fileNameIn(text: string, language: FileLanguage): string | null {
  const found = text.match(named) ?? [];
  const ofLanguage: readonly string[] = endings[language];
  return found.findLast((name) => ofLanguage.includes(endingOf(name))) ?? null;
}

/** Returns the name of a file that a page loads by this address: without its folder, or null if it is not a file's. */
export function loadedName(address: string): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return null;
  const name = /([A-Za-z0-9_-][A-Za-z0-9._-]{0,99})(?:[?#].*)?$/.exec(address)?.[1];
  return name !== undefined && name.includes(".") ? name : null;
}

const endingOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1).toLowerCase();
