import type { DoctorCheck } from "../../contract/doctor.ts";
import { readSettings, settingsFile } from "../settings/readSettings.ts";
import { InstalledComponents } from "../components/InstalledComponents.ts";
import { checkComponents } from "./checkComponents.ts";
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

/**
 * Examines the home, the engine and the machine, one after another. Changes nothing, whatever state the home is in and
 * whoever uses it meanwhile. Yields each check as it ends. Throws the signal's reason.
 */
export async function* examineHome(options: DoctorOptions): AsyncGenerator<DoctorCheck> {
  const { home } = options;
  const installed = new InstalledComponents(options);
  removeLeftFolders();
  yield await checkHome(home);
  const { state, settings } = await readSettings(home);
  yield settingsCheck(home, state);
  yield await checkStore(home);
  yield* await checkModels(options, settings);
  yield* await checkEngine({ ...options, engine: installed.engine });
  yield* await checkComponents(options, installed.releases);
  yield* await checkDisk(home);
  yield checkNetwork(settings, options.isOffline);
  yield await checkStates(options);
  yield await checkLog(home);
}

function settingsCheck(home: string, state: "read" | "absent" | "damaged"): DoctorCheck {
  if (state === "read") return finding("settings", true, { code: "settingsGood" });
  if (state === "absent") return finding("settings", true, { code: "settingsNone" });
  return finding("settings", false, { code: "settingsDamaged", facts: { file: settingsFile(home) } });
}
