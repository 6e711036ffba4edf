import { join } from "node:path";
import { type Settings, settingsSchema } from "../../contract/settings.ts";
import { atMost } from "../atMost.ts";
import { readJsonFile, readJsonOr, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { Signal } from "../Signal.ts";

/** Enough for the longest lists of models. */
const maxFileBytes = 100_000_000;

/** Fields that are left out or undefined do not change. */
type SettingsChange = { [Field in keyof Settings]?: Settings[Field] | undefined };

export type SettingsStore = Awaited<ReturnType<typeof openSettingsStore>>;

/**
 * Opens the user's settings, in memory and in `settings.json`. Reads them, or the backup if the file is damaged, or the defaults if both are. A damaged file is renamed,
 * never overwritten. Rejects only if a damaged file cannot be renamed.
 */
export async function openSettingsStore({ home }: { home: string }) {
  const path = join(home, "settings.json");
  const main = await readJsonFile(path, settingsSchema, maxFileBytes);
  let damagedFile: string | null = null;
  let current: Settings;
  if (main.state === "read") current = main.value;
  else {
    current = await readJsonOr(`${path}.bak`, settingsSchema, maxFileBytes, settingsSchema.parse({}));
    if (main.state === "damaged") damagedFile = await setAside(path);
  }

  const changed = new Signal<Settings>();
  const inTurn = atMost(1);
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
        const next = settingsSchema.parse({ ...current, ...definedOnly(change) });
        const text = `${JSON.stringify(next, null, 2)}\n`;
        await writeFileAtomic(path, text, { keepBackup: true });
        // If the file is damaged later, its backup must not turn Offline off.
        if (next.offline && !current.offline) await writeFileAtomic(path, text, { keepBackup: true });
        current = next;
        changed.emit(next);
        return next;
      }),
  };
}

function definedOnly(change: SettingsChange): SettingsChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
