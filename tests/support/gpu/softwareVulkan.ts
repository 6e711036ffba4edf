import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const drivers = "/usr/share/vulkan/icd.d";

/** The file that describes Mesa's lavapipe, a Vulkan driver that computes on the processor. Null if it is not here. */
export const lavapipe: string | null = existsSync(drivers)
  ? (readdirSync(drivers)
      .filter((name) => name.startsWith("lvp_icd"))
      .map((name) => join(drivers, name))[0] ?? null)
  : null;

/**
 * The variables with which lavapipe is the only Vulkan driver and llama.cpp uses it: it leaves out devices that are the
 * processor unless they are named.
 */
export const softwareVulkan = (driver: string): Record<string, string> => ({
  VK_DRIVER_FILES: driver,
  GGML_VK_VISIBLE_DEVICES: "0",
});
