import { expect, test } from "vitest";
import { type InstalledApp, installKind } from "../../../electron/main/installKind.ts";

const app = (facts: Partial<InstalledApp> & { files?: string[] }): InstalledApp => ({
  isPackaged: true,
  platform: "linux",
  env: {},
  execPath: "/home/reader/r1-workbench/r1-workbench",
  exists: (path) => (facts.files ?? []).includes(path),
  ...facts,
});
const inAppImage = { APPIMAGE: "/home/reader/R1.AppImage", APPDIR: "/tmp/.mount_R1" };
const portable = { PORTABLE_EXECUTABLE_FILE: "D:\\R1.exe" };
const debFile = "/var/lib/dpkg/info/r1-workbench.list";

test.each<[string, Partial<InstalledApp> & { files?: string[] }]>([
  ["development", { isPackaged: false, env: { APPIMAGE: "/x" } }],
  ["appimage", { env: inAppImage, execPath: "/tmp/.mount_R1/r1-workbench" }],
  // Started from the terminal of another program's AppImage, whose variables it inherits.
  ["folder", { env: inAppImage }],
  ["deb", { env: inAppImage, execPath: "/opt/R1 Workbench/r1-workbench", files: [debFile] }],
  ["folder", { env: inAppImage, execPath: "/tmp/.mount_R1x/r1-workbench" }],
  ["folder", { env: { APPIMAGE: "/home/reader/R1.AppImage" } }],
  ["deb", { execPath: "/opt/R1 Workbench/r1-workbench", files: [debFile] }],
  ["rpm", { execPath: "/opt/R1 Workbench/r1-workbench", files: ["/usr/bin/rpm"] }],
  // The deb may be installed too, but this is another copy.
  ["folder", { files: [debFile] }],
  ["folder", { execPath: "/opt/mine/r1-workbench" }],
  ["mac", { platform: "darwin" }],
  ["nsis", { platform: "win32" }],
  [
    "portable",
    { platform: "win32", env: portable, execPath: "C:\\Temp\\2kX0\\R1 Workbench.exe", temporary: "C:\\Temp" },
  ],
  // Started by another portable program, whose variables it inherits.
  ["nsis", { platform: "win32", env: portable, execPath: "C:\\R1\\R1 Workbench.exe", temporary: "C:\\Temp" }],
])("%s", (kind, facts) => {
  expect(installKind(app(facts))).toBe(kind);
});
