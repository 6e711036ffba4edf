import { BoundedBytes } from "./BoundedBytes.ts";

const lineFeed = 0x0a;

/** Returns the lines of a stream without their line breaks. Null stands for one that is longer than `mostBytes`. */
export async function* linesOf(stream: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Buffer | null> {
  const line = new BoundedBytes(mostBytes);
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      line.add(chunk.subarray(from, at));
      yield line.take();
      from = at + 1;
    }
    line.add(chunk.subarray(from));
  }
  if (!line.isEmpty) yield line.take();
}
