import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { DownloadStatus } from "../../../electron/contract/downloads.ts";
import { componentsFolder, folderName } from "../../../electron/workbench/components/componentFolder.ts";
import { examineComponent } from "../../../electron/workbench/components/examineComponent.ts";
import { serveComponent } from "../../support/components/servedComponent.ts";
import { sizesOf } from "../../../electron/workbench/components/ComponentRelease.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openDownloads } from "../downloads/openDownloads.ts";

const over = new Set<DownloadStatus["state"]>(["done", "failed", "paused"]);

/** Mounts a disk of its own that is kept in memory. Returns null where that is not allowed. */
async function smallDisk(megabytes: number): Promise<string | null> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const folder = await temporaryFolder();
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  if (status !== 0) return null;
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
  return folder;
}

describe("a disk that becomes full while a component is unpacked (needs root and Linux)", () => {
  it("pauses it with nothing half installed; with room again, it is installed without being fetched again", async ({
    skip,
  }) => {
    const home = await smallDisk(260);
    if (home === null) return skip();
    const served = await serveComponent(await temporaryFolder(), 60_000_000);
    const { release, server } = served;
    const opened = openDownloads(server, home, { releases: [release] });
    const { downloadBytes } = sizesOf(release);
    server.state.bytesPerSecond = 20_000_000;
    const half = opened.until(({ receivedBytes }) => receivedBytes > downloadBytes / 2);
    const { id } = await opened.client.request("startComponent", { name: "cuda" });
    await half;
    // Another program takes the room that was there at the start: the archives still fit, but not what is in them.
    const filler = join(home, "filler");
    const { bavail, bsize } = statfsSync(home);
    const leftBytes = Math.ceil(downloadBytes / 2) + 16_000_000;
    execFileSync("fallocate", ["-l", String(bavail * bsize - leftBytes), filler]);
    const ended = await opened.until(({ status }) => over.has(status.state));
    expect(ended.status).toMatchObject({
      state: "paused",
      reason: "disk-full",
      problem: { code: "download-disk-full" },
    });
    expect((await examineComponent(home, release)).state).toBe("absent");
    const left = (): string[] =>
      readdirSync(componentsFolder(home)).filter((name) => !/^\.(?:downloads|verified)/.test(name));
    expect(left()).toEqual([]);
    expect(opened.told.map(({ status }) => status.state)).toContain("installing");
    const { bytesSent } = server.state;

    rmSync(filler);
    const done = opened.until(({ status }) => status.state === "done");
    await opened.client.request("resume", { downloadId: id });
    await done;
    expect((await examineComponent(home, release)).state).toBe("installed");
    expect(left()).toEqual([folderName(release)]);
    expect(server.state.bytesSent).toBe(bytesSent);
  }, 240_000);
});
