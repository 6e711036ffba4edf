import { afterEach, expect, test, vi } from "vitest";
import { highlight } from "../../../renderer/features/chats/markdown/highlight.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

test("code is highlighted on a busy machine as on a quiet one", async () => {
  const code = "def f():\n    return 1";
  const quiet = await highlight(code, "python");
  // As if each read of the clock came a tenth of a second later.
  let nowMs = 0;
  vi.spyOn(Date, "now").mockImplementation(() => (nowMs += 110));
  expect(await highlight(code, "python")).toEqual(quiet);
  expect(nowMs).toBeGreaterThan(0);
});
