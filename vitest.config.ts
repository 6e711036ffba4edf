import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.{ts,tsx}"],
          setupFiles: ["tests/support/waitLonger.ts"],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          maxWorkers: "100%",
        },
      },
      {
        // Real engine, real store, R1 Nano; needs `npm run build` first, which `npm test` does.
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          setupFiles: ["tests/support/waitLonger.ts"],
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Each may run an engine of its own.
          maxWorkers: 2,
        },
      },
    ],
  },
});
