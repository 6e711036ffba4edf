import { detect } from "chardet";
import { DocumentProblem } from "../DocumentProblem.ts";

/** Returns the text in these bytes, whatever its encoding. Throws a DocumentProblem if they are no text. */
export function decodedText(bytes: Uint8Array): string {
  const text = decoded(bytes);
  // Text has no such characters; what is not text soon does.
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text.slice(0, 100_000))) throw new DocumentProblem("unknown");
  return text;
}

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(guessed(bytes.subarray(0, 200_000))).decode(bytes);
  }
}

function guessed(bytes: Uint8Array): string {
  const name = detect(bytes) ?? "windows-1252";
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return "windows-1252";
  }
}
