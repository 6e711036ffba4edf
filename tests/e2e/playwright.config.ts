import { defineConfig } from "@playwright/test";

const reportFile = process.env["R1_TEST_REPORT"];

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  // One app at a time: two engines on two cores would measure each other.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"], ...(reportFile ? [["json", { outputFile: reportFile }] as const] : [])],
  projects: [
    { name: "app", testMatch: "*.spec.ts", testIgnore: "packaged/**" },
    { name: "packaged", testMatch: "packaged/*.spec.ts", timeout: 180_000 },
  ],
});
