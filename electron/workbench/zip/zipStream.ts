import type { Readable } from "node:stream";
import type { Entry, ZipFile } from "yauzl";

/** Returns an unpacked entry of a .zip file as a stream. Rejects with yauzl's error. */
export async function zipStream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error)));
  });
}
