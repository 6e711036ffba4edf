import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect } from "@playwright/test";
import type { PackagedApp } from "./startPackaged.ts";

/** Types a question, and sends it once the app has saved it as a draft, since then the page accepts keys. */
export async function askPackaged(app: PackagedApp, home: string, question: string): Promise<void> {
  await expect(async () => {
    await app.press("ctrl+n", "ctrl+a", "Delete");
    await app.type(question);
    await expect.poll(() => rows(home, "SELECT draft AS text FROM newChat"), { timeout: 5_000 }).toEqual([question]);
  }).toPass({ timeout: 60_000 });
  await app.press("Return");
}

/** Returns the answers that are finished, as they are stored. */
export function answersIn(home: string): string[] {
  return rows(home, "SELECT text FROM messages WHERE role = 'assistant' AND state = 'done'");
}

/** Returns what is typed and not sent in the chats that are there, as it is stored. */
export function draftsIn(home: string): string[] {
  return rows(home, "SELECT draft AS text FROM chats");
}

/** Returns the texts that a query of the app's own database finds while the app runs. */
function rows(home: string, query: string): string[] {
  try {
    const database = new DatabaseSync(join(home, "store", "chats.db"), { readOnly: true });
    try {
      return (database.prepare(query).all() as { text: string }[]).map(({ text }) => JSON.parse(text) as string);
    } finally {
      database.close();
    }
  } catch {
    // The store does not exist yet, or is being written.
    return [];
  }
}
