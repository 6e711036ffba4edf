import { expect, test, vi } from "vitest";
import type { Connection } from "../../../electron/contract/network.ts";
import { RefusedAttempts } from "../../../electron/workbench/network/RefusedAttempts.ts";

test("a page that tries thousands of times gets one entry for each host, and not endlessly many hosts", () => {
  vi.useFakeTimers();
  const recorded: Connection[] = [];
  const attempts = new RefusedAttempts((attempt) => recorded.push(attempt));
  for (let at = 0; at < 5000; at++) attempts.add("tracker.example");
  for (let at = 0; at < 5000; at++) attempts.add(`${at}.example`);
  vi.advanceTimersByTime(1000);
  expect(recorded).toHaveLength(50);
  expect(recorded[0]).toMatchObject({ host: "tracker.example", requests: 5000, outcome: "refused", sentBytes: 0 });
  attempts.add("tracker.example");
  vi.advanceTimersByTime(1000);
  expect(recorded.at(-1)).toMatchObject({ id: recorded[0]?.id, requests: 5001 });
  vi.useRealTimers();
});
