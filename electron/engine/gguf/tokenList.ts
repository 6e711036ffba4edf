import { isUtf8 } from "node:buffer";
import { damagedHeader } from "./damagedHeader.ts";
import type { HeaderReader } from "./headerReader.ts";

/** What is stored of the list of tokens. */
export interface TokenList {
  count: number;
  /** Which of the tokens below the list contains. */
  markers: ReadonlySet<string>;
  /** How many of the 256 byte tokens `<0x00>` to `<0xFF>` the list contains. */
  byteTokens: number;
}

export const emptyTokenList: TokenList = { count: 0, markers: new Set(), byteTokens: 0 };

const markerTexts = ["<｜User｜>", "<｜Assistant｜>", "<think>", "</think>"];
const markersByBytes = new Map(markerTexts.map((text) => [Buffer.from(text).toString("latin1"), text]));
const byteToken = /^<0x[0-9A-F]{2}>$/;

const maxTokens = 1_048_576;
const maxTokenBytes = 65_536;

/**
 * Reads the tokens. llama.cpp aborts the process if two tokens have the same text (src/llama-vocab.cpp,
 * `id_to_token.size() == token_to_id.size()`), so duplicates are rejected here.
 */
export async function readTokenList(reader: HeaderReader, count: number): Promise<TokenList> {
  if (count === 0) throw damagedHeader("its vocabulary is empty");
  if (count > maxTokens) throw damagedHeader(`its vocabulary has ${count.toLocaleString("en")} tokens`);
  const seen = new Set<string>();
  const markers = new Set<string>();
  let byteTokens = 0;
  for (let id = 0; id < count; id++) {
    const bytes = await reader.string(`token ${id}`, maxTokenBytes);
    if (!isUtf8(bytes)) throw damagedHeader(`token ${id} is not valid UTF-8`);
    const text = bytes.length === 0 ? `[EMPTY_${id}]` : bytes.toString("latin1");
    if (seen.has(text)) throw damagedHeader(`token ${id} is in its vocabulary twice`);
    seen.add(text);
    const marker = markersByBytes.get(text);
    if (marker !== undefined) markers.add(marker);
    if (text.length === 6 && byteToken.test(text)) byteTokens++;
  }
  return { count, markers, byteTokens };
}
