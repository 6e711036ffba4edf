import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What the kernel lists for NVIDIA's own driver, and for a card in Windows's subsystem for Linux. */
const otherDevices = ["nvidiactl", "dxg"];

/**
 * Returns false if a Linux machine has no graphics card that Chromium could draw with. It would start its graphics
 * process several times in vain, while the page waits. Other systems always have a device to draw with.
 */
export function hasGraphics(platform: NodeJS.Platform, devices = "/dev"): boolean {
  if (platform !== "linux") return true;
  return otherDevices.some((name) => existsSync(join(devices, name))) || listed(join(devices, "dri")).length > 0;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^(card|renderD)\d+$/.test(name));
  } catch {
    return [];
  }
}
