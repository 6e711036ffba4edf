import { join } from "node:path";
import { safeStorage } from "electron";
import { z } from "zod";
import { atMost } from "../workbench/atMost.ts";
import { readJsonFile, setAside } from "../workbench/home/readJsonFile.ts";
import { writeFileAtomic } from "../workbench/home/writeFileAtomic.ts";

/**
 * Storage for the workbench's secrets. If `safe` is false, nothing is written, and secrets last until the app quits.
 */
export interface KeptSecrets {
  readonly safe: boolean;
  /** Resolves with null if the secret was never set or can no longer be decrypted on this account. */
  get(name: string): Promise<string | null>;
  /** Null deletes the secret. */
  set(name: string, value: string | null): Promise<void>;
  /** Resolves with the names of all secrets. */
  names(): Promise<string[]>;
}

const fileSchema = z.record(z.string(), z.string());
const maxFileBytes = 1_000_000;

/**
 * Stores secrets in `secrets.json`, encrypted with a key that the operating system holds (Keychain, DPAPI, Secret
 * Service or KWallet). On Linux without a keyring, Electron would use a fixed key, which protects nothing, so that
 * counts as unsafe.
 */
export function keptSecrets(home: string): KeptSecrets {
  const path = join(home, "secrets.json");
  const safe = isSafe();
  /** Each change keeps what the one before has written. */
  const inTurn = atMost(1);

  async function read(): Promise<Record<string, string>> {
    const file = await readJsonFile(path, fileSchema, maxFileBytes);
    return file.state === "read" ? file.value : {};
  }

  return {
    safe,
    async get(name) {
      if (!safe) return null;
      const secrets = await read();
      const encrypted = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
      if (encrypted === undefined) return null;
      try {
        return safeStorage.decryptString(Buffer.from(encrypted, "base64"));
      } catch {
        return null;
      }
    },
    names: async () => (safe ? Object.keys(await read()) : []),
    async set(name, value) {
      if (!safe) return;
      await inTurn(async () => {
        if ((await readJsonFile(path, fileSchema, maxFileBytes)).state === "damaged") await setAside(path);
        const others = Object.entries(await read()).filter(([other]) => other !== name);
        const own = value === null ? [] : [[name, safeStorage.encryptString(value).toString("base64")]];
        await writeFileAtomic(path, JSON.stringify(Object.fromEntries([...others, ...own])));
      });
    },
  };
}

function isSafe(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== "linux" || safeStorage.getSelectedStorageBackend() !== "basic_text";
}
