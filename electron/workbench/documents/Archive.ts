import { Readable } from "node:stream";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { documentLimits } from "./documentLimits.ts";
import { DocumentProblem } from "./DocumentProblem.ts";
import { decodedText } from "./formats/decodedText.ts";

/** The files in a document that is a .zip file. Nothing is unpacked to the disk, and names are only looked up. */
export class Archive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #bytes = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  static async open(bytes: Uint8Array): Promise<Archive> {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      const options = { lazyEntries: true, validateEntrySize: true };
      fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), options, (error, opened) =>
        error === null ? resolve(opened) : reject(error),
      );
    });
    if (zip.entryCount > documentLimits.archiveFiles) throw new DocumentProblem("tooLarge");
    const entries = new Map<string, Entry>();
    await new Promise<void>((resolve, reject) => {
      zip.on("entry", (entry: Entry) => {
        // The first of a name counts, as for the programs that write these formats.
        if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
        zip.readEntry();
      });
      zip.on("end", resolve);
      zip.on("error", reject);
      zip.readEntry();
    });
    return new Archive(zip, entries);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** Returns the text of a file; null if there is none. Throws a DocumentProblem. */
  async text(name: string): Promise<string | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    if (entry.isEncrypted()) throw new DocumentProblem("password");
    // What an entry states is enforced while it is read.
    this.#bytes += entry.uncompressedSize;
    if (this.#bytes > documentLimits.unpackedBytes) throw new DocumentProblem("tooLarge");
    const stream = await new Promise<Readable>((resolve, reject) => {
      this.#zip.openReadStream(entry, (error, opened) => (error === null ? resolve(opened) : reject(error)));
    });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return decodedText(Buffer.concat(chunks));
  }
}
