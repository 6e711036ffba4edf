/** Programs that stand in for a graphics card, by the name of their device. */
const names = /llvmpipe|lavapipe|softpipe|swiftshader|microsoft basic render/i;

/**
 * Returns whether none of the devices is a graphics card: by the type that the driver states, which llama.cpp writes to
 * its log for Vulkan, or by their names.
 */
export function isSoftware(devices: readonly string[], logLines: readonly string[]): boolean {
  const types = statedTypes(logLines.join("\n"));
  return devices.length > 0 && devices.every((name) => types.get(name) === "cpu" || names.test(name));
}

/** Returns the types of devices that llama.cpp described, such as "ggml_vulkan: 0 = NAME (DRIVER) | uma: 0 | …". */
function statedTypes(log: string): Map<string, "cpu" | "other"> {
  const types = new Map<string, "cpu" | "other">();
  let last = "";
  for (const line of log.split("\n")) {
    const device = /ggml_vulkan: \d+ = (.+) \([^()]*\) \| uma: /.exec(line)?.[1];
    if (device !== undefined) {
      last = device;
      types.set(last, "other");
    } else if (line.includes("Device type is CPU")) types.set(last, "cpu");
  }
  return types;
}
