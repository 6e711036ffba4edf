import { isReservedName } from "../isReservedName.ts";

/** Not allowed in names on some system, or reordering or hiding what is shown. */
const refused = /(?![\u200c\u200d])[<>:"|?*\\/\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\s]/gu;
/** With an extension and a number, the name stays below the 255 bytes that most file systems allow. */
const maxBytes = 180;
const graphemes = new Intl.Segmenter();

/**
 * Returns a title as the name of a file, without an extension: any system can create it, and it is shown as it is. The
 * title may be anything; if nothing of it can be used, returns `standIn`.
 */
export function fileNameOf(title: string, standIn: string): string {
  const words = title.normalize("NFC").replaceAll(refused, " ").replaceAll(/ +/g, " ").trim();
  let name = "";
  for (const { segment } of graphemes.segment(words.slice(0, 2000))) {
    if (Buffer.byteLength(name + segment) > maxBytes) break;
    name += segment;
  }
  // Names that begin with a point are hidden, and Windows removes points and spaces at the end.
  name = name.replace(/^[. ~-]+/, "").replace(/[. ]+$/, "");
  if (name === "") return standIn;
  return isReservedName(name) ? `${name}_` : name;
}

/** Returns a function that makes names unique by a number before their extension, also where the file system ignores case. */
export function uniqueNames(): (name: string, extension: string) => string {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return (name, extension) => {
    const key = (text: string): string => text.normalize("NFC").toLowerCase().toUpperCase();
    const wanted = key(name + extension);
    let unique = name + extension;
    let count = counts.get(wanted) ?? 1;
    while (taken.has(key(unique))) unique = `${name} (${++count})${extension}`;
    counts.set(wanted, count);
    taken.add(key(unique));
    return unique;
  };
}
