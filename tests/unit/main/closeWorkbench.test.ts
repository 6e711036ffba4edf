import { expect, test, vi } from "vitest";
import { closeWorkbench } from "../../../electron/main/closeWorkbench.ts";
import { ownPortable } from "../../../electron/main/ownPortable.ts";
import { ownProgram } from "../../../electron/main/ownProgram.ts";

const update = { version: "9.9.9", path: "/home/reader/r1/updates/R1.AppImage" } as never;

test("an update is installed when the user quits, not when the system shuts down or the app starts again", async () => {
  const order: string[] = [];
  const workbench = {
    updateToInstall: vi.fn(() => Promise.resolve(update)),
    close: () => Promise.resolve(void order.push("closed")),
  };
  const install = (): Promise<void> => Promise.resolve(void order.push("installed"));
  await closeWorkbench(workbench, "restart", install);
  await closeWorkbench(workbench, "shutdown", install);
  expect(order).toEqual(["closed", "closed"]);
  expect(workbench.updateToInstall).not.toHaveBeenCalled();
  await closeWorkbench(workbench, "quit", install);
  expect(order).toEqual(["closed", "closed", "closed", "installed"]);
  workbench.updateToInstall.mockRejectedValue(new Error("no"));
  await closeWorkbench(workbench, "quit", install);
  expect(order.at(-1)).toBe("closed");
});

test("the portable app of Windows is started again by the file that the user started", () => {
  const temporary = "C:\\Users\\reader\\AppData\\Local\\Temp";
  const unpacked = `${temporary.toUpperCase()}\\2kX0\\R1 Workbench.exe`;
  const installed = "C:\\Users\\reader\\AppData\\Local\\Programs\\r1-workbench\\R1 Workbench.exe";
  const env = { PORTABLE_EXECUTABLE_FILE: "D:\\R1 Workbench.exe" };
  expect(ownPortable({ env, execPath: unpacked }, `${temporary}\\`)).toBe("D:\\R1 Workbench.exe");
  expect(ownPortable({ env: {}, execPath: unpacked }, temporary)).toBeNull();
  // Another program's, such as a portable terminal's, whose variables the installed app inherits.
  expect(ownPortable({ env, execPath: installed }, temporary)).toBeNull();
  expect(ownPortable({ env, execPath: `${temporary}2\\R1 Workbench.exe` }, temporary)).toBeNull();
  expect(ownProgram({ env, execPath: installed })).toBeNull();
});
