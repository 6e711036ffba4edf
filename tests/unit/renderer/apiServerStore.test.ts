import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { createApiServerStore } from "../../../renderer/stores/apiServer.ts";
import type { Door } from "../../../renderer/stores/door.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the requests are read again only while they are shown, and at most twice a second", async () => {
  const info = { requests: [{ outcome: "running" }, { outcome: "done" }] } as unknown as ApiServerInfo;
  const call = vi.fn(() => Promise.resolve(info));
  let tell: (name: string, data: unknown) => void = () => undefined;
  const door = { call, problem: String, onEvent: (listener: typeof tell) => (tell = listener) };
  const store = createApiServerStore(door as unknown as Door);
  await vi.advanceTimersByTimeAsync(0);
  expect(call).toHaveBeenCalledTimes(1);
  expect(store.getState().running).toBe(1);

  tell("apiServer.worked", { running: 3 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(store.getState().running).toBe(3);
  expect(call).toHaveBeenCalledTimes(1);

  const end = store.getState().watch();
  expect(call).toHaveBeenCalledTimes(2);
  for (let quarter = 0; quarter < 8; quarter++) {
    tell("apiServer.worked", { running: 2 });
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(call.mock.calls.length).toBeGreaterThanOrEqual(5);
  expect(call.mock.calls.length).toBeLessThanOrEqual(7);
  await vi.advanceTimersByTimeAsync(1000);
  const read = call.mock.calls.length;
  end();
  tell("apiServer.worked", { running: 0 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(call).toHaveBeenCalledTimes(read);
  expect(store.getState().running).toBe(0);
});
