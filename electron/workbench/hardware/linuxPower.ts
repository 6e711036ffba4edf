import type { MachineProfile } from "../../contract/hardware.ts";
import type { SystemFiles } from "./systemFiles.ts";

const base = "sys/class/power_supply";

/**
 * Reads the power source from /sys/class/power_supply. The mode is the platform profile, or else the frequency
 * governor.
 */
export async function linuxPower(files: SystemFiles): Promise<MachineProfile["power"]> {
  let plugs = 0;
  let plugsOn = 0;
  let batteryPercent: number | null = null;
  let status: string | null = null;
  for (const name of await files.names(base)) {
    const type = await files.text(`${base}/${name}/type`);
    if (type === "Mains" || type === "USB") {
      plugs++;
      if ((await files.text(`${base}/${name}/online`)) !== "0") plugsOn++;
      continue;
    }
    // The battery of a mouse or headset has the scope "Device".
    if (type !== "Battery" || (await files.text(`${base}/${name}/scope`)) === "Device") continue;
    const capacity = Number.parseInt((await files.text(`${base}/${name}/capacity`)) ?? "", 10);
    if (Number.isFinite(capacity)) batteryPercent = capacity;
    status = await files.text(`${base}/${name}/status`);
  }
  const onBattery = status === "Discharging" || (status !== null && plugs > 0 && plugsOn === 0);
  const onMains = plugsOn > 0 || ["Charging", "Full", "Not charging"].includes(status ?? "");
  return {
    source: onBattery ? "battery" : onMains ? "mains" : "unknown",
    batteryPercent,
    mode:
      (await files.text("sys/firmware/acpi/platform_profile")) ??
      (await files.text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
  };
}
