import type { Readable } from "node:stream";

/**
 * Hands over a stream's chunks one by one, as they came; the stream's own iterator would copy several into one.
 * `take` answers false to stop. Resolves at the end, or once stopped; fails with the stream's error, or with `take`'s.
 */
export function eachChunk(stream: Readable, take: (chunk: Buffer) => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    // The end, or an error, may be told while the last chunk is still being taken.
    let taking: Promise<void> = Promise.resolve();
    stream.on("data", (chunk: Buffer) => {
      stream.pause();
      taking = take(chunk).then((more) => {
        if (more) stream.resume();
        else resolve();
      }, reject);
    });
    stream.once("end", () => void taking.then(resolve));
    stream.once("error", (error) => void taking.then(() => reject(error)));
    stream.once("close", () => void taking.then(resolve));
  });
}
