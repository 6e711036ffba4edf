import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { WorkbenchError } from "../../contract/errors.ts";
import { mostPresets, type Preset, presetSchema } from "../../contract/presets.ts";
import { atMost } from "../atMost.ts";
import { FileLock } from "../home/FileLock.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import type { Notices } from "../Notices.ts";

const maxFileBytes = 50_000_000;
/** Longer than an import of many chats takes to be shown. */
const waitMs = 30_000;

/** Presets that are there only if this chat is, with which they were imported. */
const unconfirmedSchema = z.object({ chatId: z.string().max(64), ids: z.array(z.string().max(64)).max(mostPresets) });
const fileSchema = z.object({
  presets: z.array(presetSchema).max(mostPresets),
  unconfirmed: unconfirmedSchema.optional().catch(undefined),
});
type Content = z.output<typeof fileSchema>;

export interface PresetsFileOptions {
  home: string;
  notices: Pick<Notices, "add">;
  onChanged: (presets: Preset[]) => void;
  /** Whether a chat is there and not hidden. */
  isShown: (chatId: string) => Promise<boolean>;
}

/** `presets.json`, which the app and every `r1` share. One of them changes it at a time. */
export class PresetsFile {
  readonly #path: string;
  readonly #lockPath: string;
  readonly #options: PresetsFileOptions;
  readonly #oneAtATime = atMost(1);
  #known: Preset[] | null = null;

  constructor(options: PresetsFileOptions) {
    this.#options = options;
    this.#path = join(options.home, "presets.json");
    this.#lockPath = join(options.home, "presets.lock");
  }

  /** Resolves with the presets, each time from the file. If it is missing or damaged, what was known is written again. */
  read(): Promise<Preset[]> {
    return this.#oneAtATime(async () => {
      const content = await this.#read();
      return content.unconfirmed === undefined ? content.presets : await this.#settled(content);
    });
  }

  /**
   * Calls `work` with the presets, which nobody changes meanwhile. What it writes with `write` is told to the windows.
   * Rejects with `presets-busy` and with what `work` rejects with.
   */
  change<Result>(work: (presets: readonly Preset[]) => Promise<Result>): Promise<Result> {
    return this.#oneAtATime(async () => {
      const lock = await FileLock.takeWithin(this.#lockPath, waitMs);
      if (lock === null) throw new WorkbenchError("presets-busy");
      try {
        return await work(await this.#settle(await this.#read()));
      } finally {
        lock.release();
      }
    });
  }

  /** Call it within `change`. */
  async write(presets: Preset[]): Promise<void> {
    await this.#store({ presets });
    this.#know(presets, true);
  }

  /**
   * Adds presets together with what shows a chat: both are done or neither, also if the process ends meanwhile. Call it
   * within `change`.
   */
  async writeWith(
    presets: readonly Preset[],
    added: readonly Preset[],
    { chatId, show }: { chatId: string; show: () => Promise<void> },
  ): Promise<void> {
    const all = [...presets, ...added];
    await this.#store({ presets: all, unconfirmed: { chatId, ids: added.map(({ id }) => id) } });
    // If it fails, the chat may be there nevertheless. Whoever reads the presets next finds out.
    await show();
    // Likewise: the chat is there by now.
    await this.write(all).catch(() => undefined);
  }

  async #read(): Promise<Content> {
    const file = await readJsonFile(this.#path, fileSchema, maxFileBytes);
    const before = this.#known;
    const aside = file.state === "damaged" ? await setAside(this.#path) : null;
    if (file.state !== "read" && before !== null && before.length > 0) {
      // If this fails, it is tried again the next time.
      await this.#store({ presets: before }).catch(() => undefined);
      return { presets: before };
    }
    if (aside !== null) this.#options.notices.add({ code: "presets-damaged", facts: { file: aside } });
    const content = file.state === "read" ? file.value : { presets: [] };
    if (content.unconfirmed === undefined) this.#know(content.presets, before !== null);
    return content;
  }

  /** Keeps or removes what an import left unconfirmed whose process ended. Of one that is going on, nothing is seen yet. */
  async #settled(content: Content): Promise<Preset[]> {
    try {
      const lock = await FileLock.takeWithin(this.#lockPath, 0);
      if (lock === null) return confirmed(content);
      try {
        return await this.#settle(await this.#read());
      } finally {
        lock.release();
      }
    } catch {
      // The store cannot be read, or the disk is full. It is tried again the next time.
      return confirmed(content);
    }
  }

  async #settle(content: Content): Promise<Preset[]> {
    if (content.unconfirmed === undefined) return content.presets;
    const isShown = await this.#options.isShown(content.unconfirmed.chatId);
    const presets = isShown ? content.presets : confirmed(content);
    await this.write(presets);
    return presets;
  }

  #store(content: Content): Promise<void> {
    return writeFileAtomic(this.#path, JSON.stringify(content));
  }

  #know(presets: Preset[], isTold: boolean): void {
    const isNew = !isDeepStrictEqual(this.#known, presets);
    this.#known = presets;
    if (isNew && isTold) this.#options.onChanged(presets);
  }
}

const confirmed = ({ presets, unconfirmed }: Content): Preset[] =>
  presets.filter(({ id }) => unconfirmed?.ids.includes(id) !== true);
