import { Readable } from "node:stream";
import { ZipFile } from "yazl";

/** A file of a .zip file. Its content is asked for when its turn comes. */
export interface ZippedFile {
  name: string;
  /** When it was changed, in milliseconds since 1970. */
  at: number;
  content: () => Promise<Iterable<string | Uint8Array>> | Iterable<string | Uint8Array>;
}

/** The dates that a .zip file can have. */
const [firstDate, lastDate] = [Date.UTC(1981, 0), Date.UTC(2107, 0)];

/** Returns a .zip file, in pieces. Only one of its files is in memory at a time. */
export async function* zipOf(files: AsyncIterable<ZippedFile> | Iterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  void (async () => {
    try {
      for await (const { name, at, content } of files) {
        const mtime = new Date(Math.min(Math.max(at, firstDate), lastDate));
        zip.addReadStreamLazy(name, { mtime, mode: 0o100644 }, (give) => {
          Promise.resolve()
            .then(content)
            .then(
              (pieces) => give(null, Readable.from(buffers(pieces), { objectMode: false })),
              (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
            );
        });
      }
      zip.end();
    } catch (error) {
      output.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  })();
  for await (const chunk of output) yield chunk as Uint8Array;
}

function* buffers(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}
