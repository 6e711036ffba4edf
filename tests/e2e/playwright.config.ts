import { defineConfig } from "@playwright/test";

const reportFile = process.env["R1_TEST_REPORT"];
/** What a current Chromium must show as the app does; the rest needs Electron. */
const inAnyChromium = ["answers", "hostileReplies", "layout", "renderBombs"].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // Two apps side by side; the packaged one is alone with its display, for it is used with the real keyboard.
  workers: 2,
  // A failed test is tried again for its trace alone (launchApp.ts): it has failed whatever comes of that.
  retries: 1,
  failOnFlakyTests: true,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ...(reportFile ? [["json", { outputFile: reportFile }] as const] : [])],
  projects: [
    { name: "app", testMatch: "*.spec.ts", testIgnore: "packaged/**" },
    ...(process.env["R1_TEST_CHROMIUM"] ? [{ name: "chromium", testMatch: inAnyChromium }] : []),
    { name: "packaged", testMatch: "packaged/*.spec.ts", timeout: 180_000 },
  ],
});
