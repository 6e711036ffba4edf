import { join } from "node:path";
import { z } from "zod";
import { parseJsonFile } from "../home/readJsonFile.ts";
import { readOwnFileSync } from "../home/readOwnFile.ts";
import { writeOwnFileSync } from "../home/writeOwnFileSync.ts";

/** The first death may be anything's fault; the second with the same chat open is taken for the chat's. */
const deathsUntilPlain = 2;
const maxFileBytes = 100_000;
const rememberedChats = 200;

const fileSchema = z.object({ deaths: z.record(z.string().max(64), z.number().int().min(1).max(1_000_000)) });

/**
 * How often the window's page died with which chat open, in `plain-chats.json`. A chat that it died with twice in a row
 * is shown as plain text, until a person asks for it as usual. Synchronous: it is asked while a dead page waits.
 */
export class PlainChats {
  readonly #path: string;
  readonly #deaths: Map<string, number>;
  /** Called with the chat, when it becomes plain. */
  onPlain: (chatId: string) => void = () => undefined;

  constructor(home: string) {
    this.#path = join(home, "plain-chats.json");
    const file = readOwnFileSync(this.#path, maxFileBytes);
    const parsed = file.state === "read" ? parseJsonFile(file.text, fileSchema) : file;
    this.#deaths = new Map(parsed.state === "read" ? Object.entries(parsed.value.deaths) : []);
  }

  isPlain(chatId: string): boolean {
    return (this.#deaths.get(chatId) ?? 0) >= deathsUntilPlain;
  }

  /** The page died with this chat open. Returns whether the chat is plain now. */
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

  /** The page was alive when the chat was left: one death before that is forgotten. */
  left(chatId: string): void {
    if (this.#deaths.get(chatId) === 1) this.forget(chatId);
  }

  /** A person asked for the chat as usual: it is plain again after the next death. */
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
      writeOwnFileSync(this.#path, `${JSON.stringify({ deaths: Object.fromEntries(this.#deaths) })}\n`);
    } catch {
      // On a full disk it holds until the app ends.
    }
  }
}
