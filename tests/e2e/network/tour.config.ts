import { defineConfig } from "@playwright/test";

// Run by scripts/provePrivacy.mjs, in a separate network and with every process traced.
export default defineConfig({
  testDir: ".",
  testMatch: "networkTour.ts",
  outputDir: "../../../test-results/network",
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: "line",
});
