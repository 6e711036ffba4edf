import type { MachineProfile } from "../../contract/hardware.ts";
import { linuxPower } from "./linuxPower.ts";
import { macPower } from "./macPower.ts";
import { runTool } from "./runTool.ts";
import { systemFiles } from "./systemFiles.ts";
import { windowsPower } from "./windowsPower.ts";

/** Resolves with the power source of this machine, and the charge of its battery if it has one. */
export function readPower(): Promise<MachineProfile["power"]> {
  if (process.platform === "linux") return linuxPower(systemFiles());
  return process.platform === "darwin" ? macPower(runTool) : windowsPower(runTool);
}
