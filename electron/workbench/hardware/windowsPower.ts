import { z } from "zod";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { RunTool } from "./runTool.ts";

/** As `Win32_Battery` describes it. Status 1 means discharging; a machine without a battery has no instance. */
const batterySchema = z.object({
  BatteryStatus: z.number().int().nullable(),
  EstimatedChargeRemaining: z.number().int().min(0).max(100).nullable(),
});
const discharging = 1;
const question =
  "Get-CimInstance Win32_Battery | Select-Object -First 1 BatteryStatus,EstimatedChargeRemaining | ConvertTo-Json";

/** Reads the power source and the battery's charge from PowerShell, and the mode from powercfg. Only tested with written outputs. */
export async function windowsPower(run: RunTool): Promise<MachineProfile["power"]> {
  const [scheme, battery] = await Promise.all([
    run("powercfg.exe", ["/getactivescheme"]),
    run("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", question]),
  ]);
  const mode = /\(([^)]+)\)\s*$/.exec(scheme ?? "")?.[1] ?? null;
  const found = parsed(battery ?? "");
  return {
    source: found === null ? "unknown" : found.BatteryStatus === discharging ? "battery" : "mains",
    batteryPercent: found?.EstimatedChargeRemaining ?? null,
    mode,
  };
}

function parsed(text: string): z.output<typeof batterySchema> | null {
  try {
    return batterySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
