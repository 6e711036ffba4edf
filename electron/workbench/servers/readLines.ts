import { maxMessageChars } from "../../contract/maxMessageChars.ts";

/** What a reply may be at most: one line of it and all of it in bytes, and what is written in characters. */
export interface ReplyLimits {
  lineBytes: number;
  replyBytes: number;
  replyChars: number;
}

/** A chat with a longer message could not be imported again. */
export const replyLimits: ReplyLimits = {
  lineBytes: 2_000_000,
  replyBytes: 64_000_000,
  replyChars: maxMessageChars,
};

/** Thrown for more than that. */
export class TooLarge extends Error {}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Yields the lines of a body, without their ends: LF, CR or both. The last one need not have an end. Throws `TooLarge`, and
 * what the body throws.
 */
export async function* readLines(
  body: AsyncIterable<Uint8Array>,
  { lineBytes, replyBytes }: Pick<ReplyLimits, "lineBytes" | "replyBytes"> = replyLimits,
): AsyncGenerator<string> {
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let bytes = 0;
  let endedWithReturn = false;
  const take = (end: Uint8Array): string => {
    const line = Buffer.concat([...rest, end]).toString("utf8");
    rest = [];
    restBytes = 0;
    return line;
  };
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > replyBytes) throw new TooLarge();
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte !== lineFeed && byte !== carriageReturn) continue;
      // The second half of a line's end, which may be in another chunk.
      const isSecondHalf = byte === lineFeed && (at === 0 ? endedWithReturn : chunk[at - 1] === carriageReturn);
      if (!isSecondHalf) yield take(chunk.subarray(from, at));
      from = at + 1;
    }
    endedWithReturn = chunk.length === 0 ? endedWithReturn : chunk.at(-1) === carriageReturn;
    if (from < chunk.length) rest.push(chunk.subarray(from));
    restBytes += chunk.length - from;
    if (restBytes > lineBytes) throw new TooLarge();
  }
  if (restBytes > 0) yield take(new Uint8Array());
}
