/** What French typography asks for, so that no line begins with a sign: a narrow space before some, a full one for others. */
const narrow = "\u202F";
const full = "\u00A0";

/** Returns a catalogue in which these spaces do not break. In the files they are plain, since nobody sees the difference. */
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
