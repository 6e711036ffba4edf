import { defineConfig } from "@playwright/test";

const reportFile = process.env["R1_TEST_REPORT"];
/** What must look the same in a current Chromium as in the app. The rest needs Electron. */
const inAnyChromium = ["answers", "hostileReplies", "layout", "renderBombs"].map((name) => `${name}.spec.ts`);

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // Two apps run in parallel; a packaged one has the display to itself, because it is used with the real keyboard
  // (scripts/checks/testSuites.mjs).
  workers: 2,
  // A failed test is repeated only for its trace (launchApp.ts). It has failed, whatever the result.
  retries: 1,
  failOnFlakyTests: true,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ...(reportFile ? [["json", { outputFile: reportFile }] as const] : [])],
  projects: [
    { name: "app", testMatch: "*.spec.ts", testIgnore: "packaged/**" },
    ...(process.env["R1_TEST_CHROMIUM"] ? [{ name: "chromium", testMatch: inAnyChromium }] : []),
    { name: "package", testMatch: "packaged/build.setup.ts", timeout: 300_000 },
    { name: "packaged", testMatch: "packaged/*.spec.ts", timeout: 180_000, dependencies: ["package"] },
    // `npm run package -- --check`
    { name: "installed", testMatch: "packaged/*.installed.ts", timeout: 600_000, dependencies: ["package"] },
  ],
});
