import { sha1 } from "@noble/hashes/legacy";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2";

const hashes: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  "SHA-1": sha1,
  "SHA-256": sha256,
  "SHA-384": sha384,
  "SHA-512": sha512,
};

/** Of `SubtleCrypto`, what is not here. */
const missing = [
  "decrypt",
  "deriveBits",
  "deriveKey",
  "encrypt",
  "exportKey",
  "generateKey",
  "importKey",
  "sign",
  "unwrapKey",
  "verify",
  "wrapKey",
];

/** Returns what stands in for `crypto.subtle`: hashes, in the page's own thread, and refusals. */
export function standInSubtle(): Record<string, unknown> {
  const refuse = (name: string) => (): Promise<never> =>
    Promise.reject(new DOMException(`crypto.subtle.${name} is not available in a preview`, "NotSupportedError"));
  return {
    ...Object.fromEntries(missing.map((name) => [name, refuse(name)])),
    digest: async (algorithm: string | { name: string }, data: BufferSource): Promise<ArrayBuffer> => {
      const name = (typeof algorithm === "string" ? algorithm : algorithm.name).toUpperCase();
      const hash = hashes[name];
      if (hash === undefined) throw new DOMException(`Unrecognized name: ${name}`, "NotSupportedError");
      return new Uint8Array(hash(bytesOf(data))).buffer;
    },
  };
}

/** Returns a random UUID of version 4. */
export function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const version = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  bytes.set([version], 6);
  bytes.set([variant], 8);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function bytesOf(data: BufferSource): Uint8Array {
  return data instanceof ArrayBuffer
    ? new Uint8Array(data)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
