import { join } from "node:path";
import type { DoctorCheck } from "../../contract/doctor.ts";
import { type Settings, settingsSchema } from "../../contract/settings.ts";
import { readJsonFile } from "../home/readJsonFile.ts";
import { checkDisk } from "./checkDisk.ts";
import { checkEngine } from "./checkEngine.ts";
import { checkHome } from "./checkHome.ts";
import { checkLog } from "./checkLog.ts";
import { checkModels } from "./checkModels.ts";
import { checkNetwork } from "./checkNetwork.ts";
import { checkStates } from "./checkStates.ts";
import { checkStore } from "./checkStore.ts";
import { removeLeftFolders } from "./doctorFolder.ts";
import { type DoctorOptions, finding } from "./DoctorOptions.ts";

const maxSettingsBytes = 100_000_000;

/**
 * Examines the home, the engine and the machine, one after another. Changes nothing, whatever state the home is in and
 * whoever uses it meanwhile. Yields each check as it ends. Throws the signal's reason.
 */
export async function* examineHome(options: DoctorOptions): AsyncGenerator<DoctorCheck> {
  const { home } = options;
  removeLeftFolders();
  yield await checkHome(home);
  const { check, settings } = await readSettings(home);
  yield check;
  yield await checkStore(home);
  yield* await checkModels(options, settings);
  yield* await checkEngine(options);
  yield* await checkDisk(home);
  yield checkNetwork(settings, options.isOffline);
  yield await checkStates(options);
  yield await checkLog(home);
}

/** Settings that cannot be read are the backup's, or else the usual ones, as for the app. */
async function readSettings(home: string): Promise<{ check: DoctorCheck; settings: Settings }> {
  const path = join(home, "settings.json");
  const kept = await readJsonFile(path, settingsSchema, maxSettingsBytes);
  if (kept.state === "read")
    return { check: finding("settings", true, { code: "settingsGood" }), settings: kept.value };
  const backup = await readJsonFile(`${path}.bak`, settingsSchema, maxSettingsBytes);
  const settings = backup.state === "read" ? backup.value : settingsSchema.parse({});
  if (kept.state === "absent") return { check: finding("settings", true, { code: "settingsNone" }), settings };
  return { check: finding("settings", false, { code: "settingsDamaged", facts: { file: path } }), settings };
}
