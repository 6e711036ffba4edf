import { expect, test } from "vitest";
import { isSoftware } from "../../../electron/engine/softwareDevices.ts";

const line = (name: string, driver: string): string =>
  `ggml_vulkan: 0 = ${name} (${driver}) | uma: 0 | fp16: 1 | bf16: 0 | warp size: 8 | matrix cores: none`;
const isCpu = "ggml_vulkan: Warning: Device type is CPU. This is probably not the device you want.";

test("the driver's own type decides, whatever the device is called", () => {
  const name = "Some Renderer (LLVM 21, 256 bits)";
  expect(isSoftware([name], ["ggml_vulkan: Found 1 Vulkan devices:", line(name, "some"), isCpu])).toBe(true);
  expect(isSoftware([name], [line(name, "some")])).toBe(false);
  // The warning is about the device before it.
  const card = "AMD Radeon RX 7900 XTX (RADV NAVI31)";
  expect(isSoftware([card, name], [line(card, "radv"), line(name, "some"), isCpu])).toBe(false);
  expect(isSoftware([name], [line(card, "radv"), line(name, "some"), isCpu])).toBe(true);
});

test.each([
  "llvmpipe (LLVM 15.0.6, 256 bits)",
  "lavapipe",
  "SwiftShader Device (LLVM 16.0.0)",
  "Microsoft Basic Render Driver",
  "Google SwiftShader",
])("%s is known by its name where no type is stated", (name) => expect(isSoftware([name], [])).toBe(true));

test.each([
  "NVIDIA GeForce RTX 4090",
  "Intel(R) UHD Graphics 620 (KBL GT2)",
  "AMD Radeon Graphics (RADV RENOIR)",
  "Apple M2",
])("%s is a graphics card", (name) => expect(isSoftware([name], [])).toBe(false));

test("no device is no software, and one card among them is enough", () => {
  expect(isSoftware([], [])).toBe(false);
  expect(isSoftware(["llvmpipe", "Intel(R) Arc(tm) A770"], [])).toBe(false);
});
