import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { openLock } from "../../support/chatLock/openLock.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import type { OrdinaryUser } from "./ordinaryUser.ts";

/**
 * Gives a user a home with a chat that the packaged app in `folder` has encrypted. Resolves with the file that has its
 * passphrase.
 */
export async function lockedHome(
  { home: userHome, prefix }: OrdinaryUser,
  folder: string,
  title: string,
): Promise<string> {
  const home = join(userHome, "r1");
  const passphraseFile = join(home, "passphrase");
  await mkdir(home, { mode: 0o700 });
  const store = new ChatStore(home);
  addAnsweredChat(store, title);
  store.close();
  const room = join(folder, "resources", "app.asar.unpacked", "out", "cli");
  await openLock(home, undefined, room).turnOn("four words of müde", false);
  await writeFile(passphraseFile, "four words of müde\n");
  if (prefix.length > 0) await promisify(execFile)("chown", ["-R", "nobody:nogroup", home]);
  return passphraseFile;
}
