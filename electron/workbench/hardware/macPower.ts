import type { MachineProfile } from "../../contract/hardware.ts";
import type { RunTool } from "./runTool.ts";

/** Reads the power source and the battery's charge from pmset. Only tested with written outputs. */
export async function macPower(run: RunTool): Promise<MachineProfile["power"]> {
  const [battery, settings] = await Promise.all([run("/usr/bin/pmset", ["-g", "batt"]), run("/usr/bin/pmset", ["-g"])]);
  const percent = /(\d+)%/.exec(battery ?? "")?.[1];
  const lowPower = /lowpowermode\s+(\d)/.exec(settings ?? "")?.[1];
  return {
    source: /'AC Power'/.test(battery ?? "") ? "mains" : /'Battery Power'/.test(battery ?? "") ? "battery" : "unknown",
    batteryPercent: percent === undefined ? null : Number(percent),
    mode: lowPower === undefined ? null : lowPower === "1" ? "low power" : "normal",
  };
}
