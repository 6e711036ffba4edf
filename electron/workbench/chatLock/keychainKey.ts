import { randomBytes } from "node:crypto";
import { WorkbenchError } from "../../contract/errors.ts";
import type { Secrets } from "../hub/HubToken.ts";
import type { StoreKey } from "../sqlite/StoreKey.ts";
import { unwrapKey, type WrappedKey, wrapKey } from "./wrapKey.ts";

/** The system's keychain, or null if there is none that protects anything. */
export type Keychain = Pick<Secrets, "get" | "set"> | null;

const secretName = (id: string): string => `chatKey ${id}`;

/**
 * Wraps a key with a new one that the keychain keeps. `id` names the key. Rejects with `chat-lock-refused` if the keychain
 * does not give it back.
 */
export async function wrapWithKeychain(keychain: Keychain, key: StoreKey, id: string): Promise<WrappedKey> {
  if (keychain === null) throw new WorkbenchError("chat-lock-refused", { case: "noKeychain" });
  const by = randomBytes(32);
  await keychain.set(secretName(id), by.toString("hex"));
  // What it does not give back would lose the chats.
  if ((await keychain.get(secretName(id))) !== by.toString("hex")) {
    throw new WorkbenchError("chat-lock-refused", { case: "keychain" });
  }
  return wrapKey(key, by, id);
}

/** Resolves with the key. Rejects with `chat-lock-refused` if the keychain no longer unwraps it. */
export async function unwrapWithKeychain(keychain: Keychain, wrapped: WrappedKey, id: string): Promise<StoreKey> {
  if (keychain === null) throw new WorkbenchError("chat-lock-refused", { case: "noKeychain" });
  const by = (await keychain.get(secretName(id))) ?? "";
  const key = /^[0-9a-f]{64}$/.test(by) ? unwrapKey(wrapped, Buffer.from(by, "hex"), id) : null;
  if (key === null) throw new WorkbenchError("chat-lock-refused", { case: "keychain" });
  return key;
}

/** Deletes what the keychain has of a key that opens nothing any more. Never rejects. */
export async function forgetInKeychain(keychain: Keychain, id: string): Promise<void> {
  await keychain?.set(secretName(id), null).catch(() => undefined);
}
