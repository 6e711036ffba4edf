import { promisify } from "node:util";
import { type Entry, fromBuffer, type ZipFile } from "yauzl";
import { zipEntries } from "../zip/zipEntries.ts";
import { zipStream } from "../zip/zipStream.ts";
import { documentLimits } from "./documentLimits.ts";
import { DocumentProblem } from "./DocumentProblem.ts";
import { decodedText } from "./formats/decodedText.ts";

const openBuffer = promisify(fromBuffer) as (buffer: Buffer, options: object) => Promise<ZipFile>;

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
    const zip = await openBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      lazyEntries: true,
      validateEntrySize: true,
    });
    if (zip.entryCount > documentLimits.archiveFiles) throw new DocumentProblem("tooLarge");
    const entries = new Map<string, Entry>();
    // The first of a name counts, as for the programs that write these formats.
    for (const entry of await zipEntries(zip)) if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
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
    const chunks: Buffer[] = [];
    for await (const chunk of await zipStream(this.#zip, entry)) chunks.push(chunk as Buffer);
    return decodedText(Buffer.concat(chunks));
  }
}
