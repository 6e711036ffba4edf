import { vi } from "vitest";

// On a busy machine, what usually takes milliseconds may take seconds. What never happens still fails.
const timeout = 20_000;

const { waitFor } = vi;
vi.waitFor = (callback, options = {}) =>
  waitFor(callback, typeof options === "number" ? options : { timeout, ...options });

if (typeof document !== "undefined") {
  const { configure } = await import("@testing-library/react");
  configure({ asyncUtilTimeout: timeout });
}
