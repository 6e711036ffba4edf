import { watch } from "node:fs";
import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Settings, settingsSchema } from "../../contract/settings.ts";
import { atMost } from "../atMost.ts";
import { setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { Signal } from "../Signal.ts";
import { readSettings, readSettingsFile, settingsFile } from "./readSettings.ts";

/** Fields that are left out or undefined do not change. */
type SettingsChange = { [Field in keyof Settings]?: Settings[Field] | undefined };

export type SettingsStore = Awaited<ReturnType<typeof openSettingsStore>>;

/**
 * Opens the user's settings, in memory and in `settings.json`, which the app and every `r1` share. Reads them, or the
 * backup if the file is damaged, or the defaults if both are. A damaged file is renamed, never overwritten. Rejects only
 * if a damaged file cannot be renamed.
 */
export async function openSettingsStore({ home }: { home: string }) {
  const path = settingsFile(home);
  const { state, settings } = await readSettings(home);
  const damagedFile = state === "damaged" ? await setAside(path) : null;
  let current = settings;

  const changed = new Signal<Settings>();
  const inTurn = atMost(1);
  /** Takes over what another process has written. A file that is missing or damaged changes nothing. */
  const readAgain = async (): Promise<void> => {
    const found = await readSettingsFile(home);
    if (found.state !== "read" || isDeepStrictEqual(found.value, current)) return;
    current = found.value;
    changed.emit(current);
  };
  return {
    changed,
    /** The file that could not be read at the start and was set aside, if any. */
    damagedFile,
    get: (): Settings => current,
    /**
     * Merges, validates and writes the change, then emits it. Rejects with the file system's error; the old settings
     * then stay in effect.
     */
    change: (change: SettingsChange): Promise<Settings> =>
      inTurn(async () => {
        // Otherwise this could undo what another process has changed, such as Offline.
        await readAgain();
        const next = settingsSchema.parse({ ...current, ...definedOnly(change) });
        const text = `${JSON.stringify(next, null, 2)}\n`;
        await writeFileAtomic(path, text, { keepBackup: true });
        // If the file is damaged later, its backup must not turn Offline off.
        if (next.offline && !current.offline) await writeFileAtomic(path, text, { keepBackup: true });
        current = next;
        changed.emit(next);
        return next;
      }),
    /** Takes over what another process has changed. Never rejects. */
    readAgain: (): Promise<void> => inTurn(readAgain),
    /**
     * Follows what other processes change, such as Offline. Returns a function that ends this. Where the file system
     * reports no changes, only `readAgain` notices them.
     */
    follow: (): (() => void) => {
      try {
        const watcher = watch(home, { persistent: false }, (_event, name) => {
          if (name === null || name === basename(path)) void inTurn(readAgain);
        });
        watcher.on("error", () => watcher.close());
        return () => watcher.close();
      } catch {
        return () => undefined;
      }
    },
  };
}

function definedOnly(change: SettingsChange): SettingsChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
