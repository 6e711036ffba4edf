import { expect, test } from "vitest";
import { backendProbeSchema } from "../../../electron/contract/engine.ts";

const probe = { backend: "vulkan", usable: false, devices: [], software: false, memory: null };

test.each([
  { code: "late" },
  { code: "late", facts: { seconds: "5" } },
  { code: "failed", facts: {} },
  { code: "other" },
])("a stored reason without its facts is refused: %j", (reason) => {
  expect(backendProbeSchema.safeParse({ ...probe, reason }).success).toBe(false);
});

test.each([{ code: "noDevice" }, { code: "late", facts: { seconds: 5 } }, { code: "failed", facts: { said: "no" } }])(
  "a reason with its facts is read whole: %j",
  (reason) => {
    expect(backendProbeSchema.parse({ ...probe, reason }).reason).toEqual(reason);
  },
);
