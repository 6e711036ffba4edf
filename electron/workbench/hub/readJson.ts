import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { HubFailure } from "./HubFailure.ts";
import type { HubAnswer } from "./HubTransport.ts";

const maxBytes = 8_000_000;
const maxDepth = 64;
const deadlineMs = 20_000;
const unpacked = promisify(gunzip);

/**
 * Resolves with a response's JSON: at most 8 MB after decompression and 64 levels deep, read within 20 s. Rejects with
 * `hub-answer-invalid` for anything else, such as a sign-in page. The body is always consumed or destroyed.
 */
export async function readJson(answer: Pick<HubAnswer, "header" | "body">): Promise<unknown> {
  const refuse = (why: string): HubFailure => new HubFailure("hub-answer-invalid", undefined, { detail: why });
  const { body } = answer;
  const kind = answer.header("content-type") ?? "";
  let timer: NodeJS.Timeout | undefined;
  try {
    if (!/[/+]json\b/i.test(kind)) throw refuse(`content type ${kind.slice(0, 100) || "not stated"}`);
    const encoding = answer.header("content-encoding") ?? "identity";
    if (encoding !== "identity" && encoding !== "gzip") throw refuse(`content encoding ${encoding.slice(0, 40)}`);
    timer = setTimeout(() => body.destroy(refuse("the answer took too long")), deadlineMs);
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw refuse("the answer is too long");
      chunks.push(chunk);
    }
    const sent = Buffer.concat(chunks);
    const json = encoding === "gzip" ? await unpacked(sent, { maxOutputLength: maxBytes }) : sent;
    const text = json.toString("utf8");
    if (tooDeep(text)) throw refuse("the answer is nested too deeply");
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof HubFailure) throw error;
    if (isTooLarge(error)) throw refuse("the answer is too long");
    throw new HubFailure("hub-answer-invalid", undefined, {
      transient: !(error instanceof SyntaxError),
      detail: error instanceof Error ? error.message : String(error),
    });
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";

/**
 * Returns whether the JSON is nested too deeply, counting brackets outside strings before a parser recurses into them.
 */
function tooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}
