import { join } from "node:path";
import { z } from "zod";
import { isTemporary } from "../../contract/isTemporary.ts";
import { readJsonFileSync } from "../home/readJsonFile.ts";
import { writeOwnFileSync } from "../home/writeOwnFileSync.ts";

/**
 * The first crash may have any cause. After a second one with the same chat open, the chat is assumed to be the cause.
 */
const deathsUntilPlain = 2;
const maxFileBytes = 100_000;
const rememberedChats = 200;

const fileSchema = z.object({ deaths: z.record(z.string().max(64), z.number().int().min(1).max(1_000_000)) });

/**
 * Counts in `plain-chats.json` how often the page crashed with each chat open. After two crashes in a row, the chat is
 * shown as plain text until the user asks for the usual view. Synchronous, because the page that crashed waits for the
 * result.
 */
export class PlainChats {
  readonly #path: string;
  readonly #deaths: Map<string, number>;
  /** Called with the chat's id when it becomes plain. */
  onPlain: (chatId: string) => void = () => undefined;

  constructor(home: string) {
    this.#path = join(home, "plain-chats.json");
    const kept = readJsonFileSync(this.#path, fileSchema, maxFileBytes);
    this.#deaths = new Map(kept.state === "read" ? Object.entries(kept.value.deaths) : []);
  }

  isPlain(chatId: string): boolean {
    return (this.#deaths.get(chatId) ?? 0) >= deathsUntilPlain;
  }

  /** Records that the page crashed with this chat open. Returns whether the chat is plain now. */
  died(chatId: string): boolean {
    const deaths = (this.#deaths.get(chatId) ?? 0) + 1;
    this.#deaths.delete(chatId);
    this.#deaths.set(chatId, deaths);
    const [oldest] = this.#deaths.keys();
    if (this.#deaths.size > rememberedChats && oldest !== undefined) this.#deaths.delete(oldest);
    this.#write();
    if (!this.isPlain(chatId)) return false;
    this.onPlain(chatId);
    return true;
  }

  /** Records that the user left the chat while the page was working, which clears an earlier crash. */
  left(chatId: string): void {
    if (this.#deaths.get(chatId) === 1) this.forget(chatId);
  }

  /** Records that the user asked for the usual view. After one more crash, the chat is plain again. */
  showAsUsual(chatId: string): void {
    if (!this.isPlain(chatId)) return;
    this.#deaths.set(chatId, deathsUntilPlain - 1);
    this.#write();
  }

  forget(chatId: string): void {
    if (this.#deaths.delete(chatId)) this.#write();
  }

  #write(): void {
    try {
      const kept = [...this.#deaths].filter(([chatId]) => !isTemporary(chatId));
      writeOwnFileSync(this.#path, `${JSON.stringify({ deaths: Object.fromEntries(kept) })}\n`);
    } catch {
      // On a full disk the count lasts until the app quits.
    }
  }
}
