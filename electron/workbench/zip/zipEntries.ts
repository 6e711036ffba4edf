import type { Entry, ZipFile } from "yauzl";

/** Returns all entries of a .zip file that was opened with `lazyEntries`. Rejects with yauzl's error. */
export async function zipEntries(zip: ZipFile): Promise<Entry[]> {
  return await new Promise<Entry[]>((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", reject);
    zip.readEntry();
  });
}
