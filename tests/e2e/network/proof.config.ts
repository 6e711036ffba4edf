import { defineConfig } from "@playwright/test";

// Run by scripts/provePrivacy.mjs, in a separate network. It uses the packaged app through the keyboard.
export default defineConfig({
  testDir: ".",
  testMatch: "proofTour.ts",
  outputDir: "../../../test-results/proof",
  workers: 1,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: "line",
});
