import type { BrowserWindow } from "electron";
import { expect, test, vi } from "vitest";
import { downloadSigns } from "../../../electron/main/downloadSigns.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { smallDownload } from "../renderer/sampleDownload.ts";

const shown = vi.hoisted((): { title: string; body: string }[] => []);
vi.mock("../../../electron/main/showNotification.ts", () => ({
  showNotification: (words: { title: string; body: string }) => shown.push(words),
}));

test("the taskbar shows the progress of downloads, and each end is told only while no window is watched", () => {
  const setProgressBar = vi.fn();
  const desk = { isWatched: false };
  const tell = downloadSigns({
    window: () => ({ setProgressBar, isDestroyed: () => false }) as unknown as BrowserWindow,
    isWatched: () => desk.isWatched,
    texts: openTexts("en"),
    onClick: () => undefined,
  });
  const running = smallDownload("d1", { state: "running", quietSeconds: 0 });
  tell([running]);
  expect(setProgressBar).toHaveBeenLastCalledWith(0.38, { mode: "normal" });
  const done = smallDownload("d1", { state: "done", path: "/models/d1.gguf", sha256: "", verified: true });
  tell([done]);
  // Taken away once nothing is under way.
  expect(setProgressBar.mock.lastCall?.[0]).toBeLessThan(0);
  expect(shown.map(({ title }) => title)).toEqual([running.name]);
  desk.isWatched = true;
  tell([running]);
  tell([done]);
  expect(shown).toHaveLength(1);
});
