import { expect, test } from "vitest";
import { profileDocument } from "../../../electron/cli/profileDocument.ts";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";

const profile = {
  memory: {
    totalBytes: 32e9,
    bandwidthBytesPerSecond: 44e9,
    bandwidthProblem: null,
    bandwidthNoise: { code: "spread", facts: { fraction: 0.12 } },
  },
  backends: [
    { name: "cuda", usable: false, reason: { code: "late", facts: { seconds: 20 } }, advice: "updateDriver" },
    { name: "cpu", usable: true, reason: { code: "always" }, advice: null },
  ],
  disk: { readBytesPerSecond: null, readProblem: "noModel" },
} as unknown as MachineProfile;

test("each English sentence of a profile has its code and facts beside it", () => {
  const { memory, backends, disk } = profileDocument(profile);
  expect(memory).toMatchObject({
    totalBytes: 32e9,
    bandwidthProblem: null,
    bandwidthProblemCode: null,
    bandwidthNoise: expect.stringContaining("12 %"),
    bandwidthNoiseCode: "spread",
    bandwidthNoiseFacts: { fraction: 0.12 },
  });
  expect(backends).toEqual([
    {
      name: "cuda",
      usable: false,
      code: "late",
      facts: { seconds: 20 },
      reason: "The trial did not finish within 20 s.",
      advice: "Update the graphics driver, then restart the app.",
      adviceCode: "updateDriver",
    },
    {
      name: "cpu",
      usable: true,
      code: "always",
      facts: {},
      reason: "Always available.",
      advice: null,
      adviceCode: null,
    },
  ]);
  expect(disk).toEqual({
    readBytesPerSecond: null,
    readProblem: "There is no model to read.",
    readProblemCode: "noModel",
  });
});
