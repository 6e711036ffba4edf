import { expect, test } from "vitest";
import { downloadLine } from "../../../electron/cli/downloadLine.ts";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import type { Language } from "../../../electron/contract/languages.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

function line(language: Language, status: DownloadStatus, figures: Partial<Download> = {}): string {
  const download: Download = {
    id: "a",
    name: "R1-Distill",
    file: { repo: "a/b", revision: "main", path: "R1-Distill.gguf" },
    component: null,
    commit: null,
    parts: 1,
    sizeBytes: 4.7e9,
    receivedBytes: 1.2e9,
    bytesPerSecond: null,
    secondsLeft: null,
    restarted: null,
    status,
    ...figures,
  };
  return downloadLine(openTexts(language), download).replaceAll(/[\u00A0\u202F]/g, " ");
}

const running = { state: "running", quietSeconds: 0 } as const;
const flowing = { bytesPerSecond: 45e6, secondsLeft: 78 };

test.each([
  ["en", "R1-Distill · 1.20 of 4.70 GB · 45.0 MB/s · 1 min left"],
  ["fr", "R1-Distill · 1,20 sur 4,70 Go · 45,0 Mo/s · encore 1 min"],
  ["zh-CN", "R1-Distill · 1.20 / 4.70 GB · 45.0 MB/秒 · 剩余 1 分钟"],
] as const)("a download in %s", (language, expected) => {
  expect(line(language, running, flowing)).toBe(expected);
});

test("shows what a download waits for", () => {
  const none = { sizeBytes: null, receivedBytes: 0 };
  expect(line("en", { state: "starting" }, none)).toBe("R1-Distill · 0 bytes · Asking the hub…");
  expect(line("en", { state: "queued", position: 2 })).toContain("· waiting for another download");
  expect(line("en", { state: "running", quietSeconds: 12 })).toContain("· No data for 12 s, retrying");
  expect(line("en", { state: "verifying", fraction: 0.434 })).toContain("· Verifying the checksum, 43 %");
  const retrying = { state: "retrying", attempt: 1, retryAt: 0, problem: { code: "hub-busy" } } as const;
  expect(line("en", retrying)).toMatch(/· The hub .+\. · Trying again…$/);
  expect(line("en", { ...retrying, retryAt: Date.now() + 60_000 })).toMatch(/\. · Trying again in (1 min|59 s)$/);
});
