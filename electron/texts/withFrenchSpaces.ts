/** The non-breaking spaces that French requires before some signs, so that no line begins with a sign. */
const narrow = "\u202F";
const full = "\u00A0";

/** Returns a catalogue with non-breaking spaces. The files have plain ones, since the difference is invisible there. */
export function withFrenchSpaces<Part extends object>(part: Part): Part {
  const spaced = Object.entries(part).map(([key, value]: [string, unknown]) => [
    key,
    typeof value === "string" ? inText(value) : withFrenchSpaces(value as object),
  ]);
  return Object.fromEntries(spaced) as Part;
}

const inText = (text: string): string =>
  text
    .replaceAll(/ ([;!?])/g, `${narrow}$1`)
    .replaceAll(/ (:(?!\S)|»)/g, `${full}$1`)
    .replaceAll("« ", `«${full}`);
