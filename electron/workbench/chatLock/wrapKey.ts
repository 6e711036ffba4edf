import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { z } from "zod";
import { isStoreKey, type StoreKey } from "../sqlite/StoreKey.ts";

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

/** A key that is encrypted with another one (AES-256-GCM). */
export const wrappedKeySchema = z.strictObject({ nonce: hex(12), key: hex(32), tag: hex(16) });
export type WrappedKey = z.output<typeof wrappedKeySchema>;

/** At most 1 GiB of memory and some seconds, whatever a file says. */
const scryptSchema = z
  .strictObject({
    n: z.union([14, 15, 16, 17, 18, 19, 20].map((power) => z.literal(2 ** power))),
    r: z.int().min(8).max(32),
    p: z.int().min(1).max(4),
    salt: hex(32),
  })
  .refine(({ n, r }) => scryptBytes(n, r) <= 2 ** 30);

/** A key that is encrypted with one derived from a passphrase by scrypt, with what that needs. */
export const passphraseKeySchema = wrappedKeySchema.extend({ scrypt: scryptSchema });
export type PassphraseKey = z.output<typeof passphraseKeySchema>;

/** 128 MiB, and about half a second on the machines that R1 runs on. */
const cost = { n: 2 ** 17, r: 8, p: 1 } as const;

const scryptBytes = (n: number, r: number): number => 128 * n * r;

/** Encrypts a key with another one. `id` names the key; it cannot be unwrapped under another id. */
export function wrapKey(key: StoreKey, by: Buffer, id: string): WrappedKey {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", by, nonce).setAAD(Buffer.from(id));
  const wrapped = Buffer.concat([cipher.update(Buffer.from(key, "hex")), cipher.final()]);
  return { nonce: nonce.toString("hex"), key: wrapped.toString("hex"), tag: cipher.getAuthTag().toString("hex") };
}

/** Returns the key, or null if it was wrapped by another one or under another id, or was changed. */
export function unwrapKey({ nonce, key, tag }: WrappedKey, by: Buffer, id: string): StoreKey | null {
  const decipher = createDecipheriv("aes-256-gcm", by, Buffer.from(nonce, "hex"));
  decipher.setAAD(Buffer.from(id)).setAuthTag(Buffer.from(tag, "hex"));
  try {
    const found = Buffer.concat([decipher.update(Buffer.from(key, "hex")), decipher.final()]).toString("hex");
    return isStoreKey(found) ? found : null;
  } catch {
    return null;
  }
}

/** Resolves with the key as `unwrapWithPassphrase` opens it. Takes about half a second. */
export async function wrapWithPassphrase(key: StoreKey, passphrase: string, id: string): Promise<PassphraseKey> {
  const parameters = { ...cost, salt: randomBytes(32).toString("hex") };
  return { ...wrapKey(key, await derive(passphrase, parameters), id), scrypt: parameters };
}

/** Resolves with the key, or null if the passphrase is another one. Takes as long as the file says, within limits. */
export async function unwrapWithPassphrase(
  { scrypt: parameters, ...wrapped }: PassphraseKey,
  passphrase: string,
  id: string,
): Promise<StoreKey | null> {
  return unwrapKey(wrapped, await derive(passphrase, parameters), id);
}

function derive(passphrase: string, { n, r, p, salt }: PassphraseKey["scrypt"]): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 2 * scryptBytes(n, r) };
  return new Promise((resolve, reject) => {
    // The same characters can be typed as different code points, depending on the system.
    scrypt(passphrase.normalize("NFC"), Buffer.from(salt, "hex"), 32, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
}
