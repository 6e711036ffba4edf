import type { HubAnswer } from "../hub/HubTransport.ts";

/** Returns a strong ETag, which `If-Range` requires. Null for a weak one or none. */
export function strongTag(answer: Pick<HubAnswer, "header">): string | null {
  const tag = answer.header("etag")?.trim();
  return tag !== undefined && /^"[^"]*"$/.test(tag) ? tag : null;
}

/**
 * Returns why a 206 response is not exactly what was requested, or null if it is. `end` is the last byte, as in the
 * header.
 */
export function rangeFault(
  answer: Pick<HubAnswer, "header">,
  { start, end, sizeBytes }: { start: number; end: number; sizeBytes: number },
): string | null {
  const range = answer.header("content-range") ?? "";
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range.trim());
  if (match === null) return `content range "${range.slice(0, 80)}"`;
  const [, first, last, total] = match.map(Number);
  if (first !== start || last !== end || total !== sizeBytes) return `${range} for ${start}-${end}/${sizeBytes}`;
  const length = answer.header("content-length");
  if (length !== undefined && Number(length) !== end - start + 1) return `content length ${length.slice(0, 40)}`;
  return null;
}

/** Returns why the body's encoding is not acceptable, or null: an encoded body is not the file's bytes. */
export function encodingFault(answer: Pick<HubAnswer, "header">): string | null {
  const encoding = answer.header("content-encoding")?.trim().toLowerCase() ?? "";
  return encoding === "" || encoding === "identity" ? null : `content encoding ${encoding.slice(0, 40)}`;
}
