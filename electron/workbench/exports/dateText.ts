import type { ExportWords } from "../../contract/exportWords.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a date and time, in milliseconds since 1970, as the user reads it. Empty if it is not a date. */
export function dateText(time: number, { language, timeZone }: ExportWords): string {
  if (!Number.isFinite(new Date(time).getTime())) return "";
  const key = `${language} ${timeZone}`;
  const format =
    formats.get(key) ?? new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone });
  formats.set(key, format);
  return format.format(time);
}
