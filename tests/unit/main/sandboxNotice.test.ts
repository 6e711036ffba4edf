import { expect, test } from "vitest";
import { sandboxNotice } from "../../../electron/main/sandboxNotice.ts";

test("an AppImage that its launcher started without the sandbox says so", () => {
  const hasSwitch = (name: string): boolean => name === "no-sandbox";
  expect(sandboxNotice("/home/reader/R1.AppImage", hasSwitch)?.code).toBe("sandbox-off");
  expect(sandboxNotice("/home/reader/R1.AppImage", () => false)).toBeNull();
  // Whoever starts another copy without it has asked for that.
  expect(sandboxNotice(null, hasSwitch)).toBeNull();
});
