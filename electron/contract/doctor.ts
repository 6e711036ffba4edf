import type { Backend, BackendReason } from "./engine.ts";
import type { Problem } from "./errors.ts";

/** What is examined, in this order. `--json` has these names. */
export const checkNames = [
  "home",
  "settings",
  "store",
  "models",
  "engine",
  "backends",
  "components",
  "disk",
  "network",
  "states",
  "log",
] as const;
export type CheckName = (typeof checkNames)[number];

/** What was found. `count` and `size` say how much was examined. */
export type Finding =
  | { code: "homeGood" | "homeNew" | "homeReadOnly" | "homeOthers" | "homeNotFolder"; facts: { folder: string } }
  | { code: "homeOpen"; facts: { count: number } }
  | { code: "homeErasing" }
  | { code: "settingsGood" | "settingsNone" }
  | { code: "settingsDamaged"; facts: { file: string } }
  | { code: "storeNone" | "storeUnchecked" }
  | { code: "storeGood"; facts: { count: number; size: number; schema: number } }
  | { code: "storeOlder" | "storeNewer"; facts: { schema: number; known: number } }
  | { code: "storeDamaged" | "storeUnreadable"; facts: { reason: string } }
  | { code: "storeEncrypted"; facts: { size: number } }
  | { code: "storeSwitching" | "storePartlyPlain" }
  | { code: "modelsGood" | "modelsHashed"; facts: { count: number; size: number } }
  | { code: "engineGood"; facts: { library: string; release: string; ms: number } }
  | { code: "engineSilent" }
  | { code: "componentsNone" }
  | {
      code: "componentsGood" | "componentsHashed" | "componentsDamaged";
      facts: { name: string; version: string; size: number };
    }
  | { code: "diskGood" | "diskFull"; facts: { free: number; total: number } }
  | { code: "diskMeasured"; facts: { free: number; total: number; speed: number } }
  | { code: "networkOffline"; facts: { case: "forced" | "setting" } }
  | { code: "networkOnline" | "networkAsks"; facts: { hub: string } }
  | { code: "statesNone" }
  | { code: "statesGood"; facts: { count: number; size: number } }
  | { code: "statesDamaged"; facts: { count: number } }
  | { code: "logNone" | "logQuiet" }
  | { code: "logFaults"; facts: { count: number; when: number } }
  | { code: "logUnusable"; facts: { reason: string } };

/** One thing that was examined. A failure of the app's is a `problem`, and one of a model names the model. */
export type DoctorCheck = { name: CheckName; ok: boolean } & (
  | { found: Finding }
  | { problem: Problem; model?: string }
  | { backend: Backend; reason: BackendReason; devices: readonly string[] }
);
