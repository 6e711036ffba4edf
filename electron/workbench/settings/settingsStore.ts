import { join } from "node:path";
import { type Settings, settingsSchema } from "../../contract/settings.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { Signal } from "../Signal.ts";

/** Room for the longest lists of models. */
const maxFileBytes = 100_000_000;

/** Fields left out or undefined stay as they are. */
type SettingsChange = { [Field in keyof Settings]?: Settings[Field] | undefined };

/** The user's settings, in memory and in `settings.json`. */
export interface SettingsStore {
  get(): Settings;
  readonly changed: Signal<Settings>;
  /** Merges, checks, writes, then tells. Fails with the file system's error; the old settings then stay in force. */
  change(change: SettingsChange): Promise<Settings>;
  /** The file that could not be read at the start and was kept aside, if any. */
  readonly damagedFile: string | null;
}

/**
 * Reads the settings; if the file is damaged, the backup; if that is too, the defaults. A damaged file is renamed,
 * never overwritten. Rejects only when a damaged file cannot be renamed.
 */
export async function openSettingsStore({ home }: { home: string }): Promise<SettingsStore> {
  const path = join(home, "settings.json");
  const main = await readJsonFile(path, settingsSchema, maxFileBytes);
  let damagedFile: string | null = null;
  let current: Settings;
  if (main.state === "read") current = main.value;
  else {
    const backup = await readJsonFile(`${path}.bak`, settingsSchema, maxFileBytes);
    current = backup.state === "read" ? backup.value : settingsSchema.parse({});
    if (main.state === "damaged") damagedFile = await setAside(path);
  }

  const changed = new Signal<Settings>();
  let writing: Promise<unknown> = Promise.resolve();
  return {
    changed,
    damagedFile,
    get: () => current,
    change(change) {
      const result = writing.then(async () => {
        const next = settingsSchema.parse({ ...current, ...definedOnly(change) });
        await writeFileAtomic(path, `${JSON.stringify(next, null, 2)}\n`, { keepBackup: true });
        current = next;
        changed.tell(next);
        return next;
      });
      // One after the other; a failed write must not stop the next one.
      writing = result.catch(() => undefined);
      return result;
    },
  };
}

function definedOnly(change: SettingsChange): SettingsChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
