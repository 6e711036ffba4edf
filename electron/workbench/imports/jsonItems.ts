import { BoundedBytes } from "./BoundedBytes.ts";
import { JsonScanner } from "./JsonScanner.ts";

/** One object of a JSON file, or why it cannot be had. */
export type JsonItem = { bytes: Buffer } | { refused: "tooLarge" | "damaged" };

const openingBrace = 0x7b;

/**
 * Returns the objects of a JSON file one by one: the elements of the list that it is, or the objects that follow each
 * other. Other values, and what is between the objects, are passed over. An object is not parsed here.
 */
export async function* jsonItems(
  stream: AsyncIterable<Buffer>,
  { mostBytes, mostDepth }: { mostBytes: number; mostDepth: number },
): AsyncGenerator<JsonItem> {
  const object = new BoundedBytes(mostBytes);
  let scanner: JsonScanner | null = null;
  for await (const chunk of stream) {
    let at = 0;
    while (at < chunk.length) {
      if (scanner === null) {
        at = chunk.indexOf(openingBrace, at);
        if (at === -1) break;
        scanner = new JsonScanner(mostDepth);
      }
      const end = scanner.scan(chunk, at);
      object.add(chunk.subarray(at, end === -1 ? chunk.length : end));
      if (end === -1) break;
      const bytes = object.take();
      if (bytes === null) yield { refused: "tooLarge" };
      else if (scanner.isTooDeep) yield { refused: "damaged" };
      else yield { bytes };
      scanner = null;
      at = end;
    }
  }
  if (scanner !== null) yield { refused: object.take() === null ? "tooLarge" : "damaged" };
}
