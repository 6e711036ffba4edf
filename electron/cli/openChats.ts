import { mostPassphrase } from "../contract/lockChoices.ts";
import { WorkbenchError } from "../contract/errors.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { askHidden } from "./askHidden.ts";
import type { CommandRun, EventListeners } from "./CommandRun.ts";
import { readTextFile } from "./readText.ts";

/**
 * Opens the workbench for a command that reads or writes chats. If they are encrypted, they are unlocked with the passphrase
 * in a file, or the one that is typed. Rejects with `chats-locked`, `chat-lock-refused` or `chat-lock-unreadable`.
 */
export async function openChats(
  { open, terminal, cancelling }: CommandRun,
  passphraseFile: string | null,
  listeners?: EventListeners,
): Promise<Workbench> {
  const workbench = await open(listeners);
  const lock = await workbench.call("chatLock.state", {});
  if (lock.state !== "locked") return workbench;
  if (!lock.opensWith.passphrase) throw new WorkbenchError("chats-locked", { case: "keychainOnly" });
  let passphrase: string | null;
  if (passphraseFile !== null) passphrase = firstLine(await readTextFile(passphraseFile, cancelling));
  else passphrase = await askHidden(`${terminal.texts.say("cli:passphrase")} `, cancelling);
  cancelling.throwIfAborted();
  if (passphrase === null) throw new WorkbenchError("chats-locked", { case: "notAsked" });
  if (passphrase.length > mostPassphrase) throw new WorkbenchError("chat-lock-refused", { case: "passphrase" });
  await workbench.call("chatLock.unlock", { passphrase });
  return workbench;
}

/** Editors and `echo` end a line that is meant as a value. */
const firstLine = (text: string): string => text.split(/\r?\n/, 1)[0] ?? "";
