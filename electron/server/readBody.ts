import type { IncomingMessage } from "node:http";
import { badParameter } from "./ApiFailure.ts";
import { mostBodyBytes, tooLarge } from "./guard.ts";

/** Resolves with the text of a body. Rejects with an `ApiFailure` if it is too large or not UTF-8. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes) {
      // The client reads the answer only after it has sent everything.
      request.resume();
      throw tooLarge();
    }
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badParameter(null, "invalid_json", "The body is not UTF-8.");
  }
}
