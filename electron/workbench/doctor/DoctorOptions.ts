import type { DoctorCheck, Finding } from "../../contract/doctor.ts";
import type { AppPaths } from "../appPaths.ts";

export interface DoctorOptions extends Pick<AppPaths, "builtInModels" | "componentsFile" | "engine" | "hashWorker"> {
  home: string;
  /** Whether whole files are read and compared with their hashes, which takes long. */
  isDeep: boolean;
  /** Whether the command was started offline. */
  isOffline: boolean;
  signal: AbortSignal;
}

/** Returns a check with what was found. */
export const finding = (name: DoctorCheck["name"], ok: boolean, found: Finding): DoctorCheck => ({ name, ok, found });
