/** What does not end a line: a narrow space before ; ! ?, a full one before : and inside guillemets. */
const narrow = "\u202F";
const full = "\u00A0";

/**
 * Returns a French text with the spaces that French typography asks for, so that no line begins with a sign.
 * @param {string} text
 */
export function frenchSpaces(text) {
  return text
    .replaceAll(/[ \u00A0\u202F]([;!?])/g, `${narrow}$1`)
    .replaceAll(/[ \u00A0\u202F](:(?:[ \u00A0]|$)|»)/gm, `${full}$1`)
    .replaceAll(/«[ \u202F]/g, `«${full}`);
}
