import { defineConfig } from "@playwright/test";

// Run by scripts/pictures.mjs. Nothing is compared, so this is no part of `npm test`.
export default defineConfig({
  testDir: ".",
  testMatch: "takePictures.ts",
  outputDir: "../../test-results/pictures",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 30 * 60_000,
  reporter: "line",
});
