import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { openDownloads, openHub } from "./openDownloads.ts";

const name = "model-Q4_K_M.gguf";
const sizeBytes = 12_000_003;
const files = { [name]: { sizeBytes, seed: 7 } };
const hashOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");

function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function smallDisk(): Promise<string> {
  const folder = join(await temporaryFolder(), "disk");
  mkdirSync(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=20m", "tmpfs", folder]);
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
  return folder;
}

/** Writes until the disk is full. */
function fill(file: string): void {
  const piece = Buffer.alloc(256 * 1024);
  try {
    for (;;) appendFileSync(file, piece);
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOSPC" });
  }
}

describe.skipIf(!canMount())("a disk of 20 MB (needs root on Linux, to mount one)", () => {
  it("that fills up during a download pauses it; with space again it resumes to the right hash", async () => {
    const home = await smallDisk();
    const hub = await openHub(files);
    const filler = join(home, "filler");
    // After the check for space and before the first byte.
    hub.state.fault = () => {
      if (!existsSync(filler)) fill(filler);
      return null;
    };
    const { client, run, until, modelsFolder } = openDownloads(hub, home);
    const { id, status } = await run(name);
    expect(status).toMatchObject({
      state: "paused",
      reason: "disk-full",
      problem: { code: "download-disk-full" },
    });
    hub.state.fault = () => null;
    rmSync(filler);
    const done = until((download) => download.status.state === "done" || download.status.state === "failed");
    await client.request("resume", { downloadId: id });
    expect((await done).status.state).toBe("done");
    expect(hashOf(join(modelsFolder, "owner", "model-GGUF", name))).toBe(hub.sha256(name));
  });
});

it("a models folder that cannot be written to is reported, and nothing crashes", async () => {
  const home = await temporaryFolder();
  writeFileSync(join(home, "models"), "a file where the folder should be");
  const hub = await openHub(files);
  const { client, run } = openDownloads(hub, home);
  const code = await run(name).then(
    ({ status }) => (status.state === "failed" ? status.problem.code : status.state),
    (error: unknown) => (error as { code: string }).code,
  );
  expect(code).toBe("download-disk-failed");
  expect(await client.request("list", {})).toEqual(expect.any(Array));
});

it("another process cannot fetch the same model at the same time; afterwards it finds it installed", async () => {
  const home = await temporaryFolder();
  const hub = await openHub(files);
  hub.state.fault = ({ start }) => ({ stallAfter: start === 0 ? 2_000_000 : 0 });
  const { client, run, until } = openDownloads(hub, home);
  const begun = until(({ receivedBytes }) => receivedBytes > 1_000_000);
  const over = run(name);
  const { id } = await begun;
  const command = (): Promise<{ code: number; out: string }> =>
    new Promise((resolve) => {
      const cli = fileURLToPath(new URL("../../../out/cli/r1.js", import.meta.url));
      const env = { ...process.env, R1_WORKBENCH_HOME: home, HF_ENDPOINT: hub.endpoint };
      const child = execFile(process.execPath, [cli, "download", hub.repo, name, "--json"], { env }, (_, stdout) =>
        resolve({ code: child.exitCode ?? -1, out: stdout }),
      );
    });
  const refused = await command();
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.out)).toMatchObject({ error: { code: "download-in-use" } });
  hub.state.fault = () => null;
  await client.request("pause", { downloadId: id });
  await over;
  const done = until(({ status }) => status.state === "done");
  await client.request("resume", { downloadId: id });
  await done;
  const found = await command();
  expect(found.code).toBe(0);
  expect(JSON.parse(found.out)).toMatchObject({ sizeBytes, sha256: hub.sha256(name) });
});

/** A proxy for plain requests that records everything requested through it. */
async function openProxy(refuses = false) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const proxy = createServer((request, response) => {
    asked.push({ url: request.url ?? "", authorization: request.headers.authorization });
    if (refuses) {
      response.writeHead(407, { "proxy-authenticate": 'Basic realm="office"' }).end();
      return;
    }
    const onward = forward(request.url ?? "", { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    onward.end();
  });
  const port = await listenOnLoopback(proxy);
  return { asked, resolveProxy: () => Promise.resolve(`PROXY 127.0.0.1:${port}; DIRECT`) };
}

describe("the system's proxy", () => {
  it("carries the listing and every byte; the token is sent only to the hub's own address", async () => {
    const hub = await openHub(files);
    const { asked, resolveProxy } = await openProxy();
    const { run } = openDownloads(hub, await temporaryFolder(), { resolveProxy, token: "hf_canary" });
    expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
    expect(asked).toHaveLength(hub.state.requests.length);
    for (const { url, authorization } of asked) {
      expect(authorization).toBe(url.startsWith(hub.endpoint) ? "Bearer hf_canary" : undefined);
    }
  });

  it("that requires a password is reported at once", async () => {
    const hub = await openHub(files);
    const { resolveProxy } = await openProxy(true);
    const { run } = openDownloads(hub, await temporaryFolder(), { resolveProxy });
    expect((await run(name)).status).toMatchObject({ state: "failed", problem: { code: "proxy-failed" } });
    expect(hub.state.requests).toEqual([]);
  });
});

it("a hub whose certificate cannot be trusted is never asked without encryption", async () => {
  const hub = await openHub(files);
  const endpoint = hub.endpoint.replace("http:", "https:");
  const { client, until } = openDownloads(hub, await temporaryFolder(), { endpoint });
  const troubled = until(({ status }) => status.state === "retrying" || status.state === "failed");
  await client.request("start", { file: { repo: hub.repo, revision: "main", path: name }, acceptUnverified: false });
  expect((await troubled).status).toMatchObject({ problem: { code: "hub-unreachable" } });
  expect(hub.state.requests).toEqual([]);
});

it("a slow connection shows data as it arrives", async () => {
  const hub = await openHub(files, { bytesPerSecond: 40_000 });
  const { client, run, until } = openDownloads(hub, await temporaryFolder());
  // At this speed, a connection would need 25 seconds for the megabyte that is usually written at once.
  const seen = until(({ receivedBytes }) => receivedBytes > 0 && receivedBytes < 1_000_000);
  void run(name).catch(() => undefined);
  const { id } = await seen;
  await client.request("cancel", { downloadId: id });
});

describe("a limit on the speed", () => {
  it("applies to all connections together", async () => {
    const hub = await openHub({ [name]: { sizeBytes: 3_000_000, seed: 7 } });
    const { run } = openDownloads(hub, await temporaryFolder(), { bytesPerSecond: 2_000_000 });
    const began = performance.now();
    expect((await run(name)).status.state).toBe("done");
    // 1.5 s at this limit; the last chunks may already be in transit.
    expect(performance.now() - began).toBeGreaterThan(1000);
  });

  it("that is lifted lets a running download continue at full speed", async () => {
    const hub = await openHub(files);
    const { client, run, until } = openDownloads(hub, await temporaryFolder(), { bytesPerSecond: 100_000 });
    const begun = until(({ receivedBytes }) => receivedBytes > 0);
    const done = run(name);
    await begun;
    await client.request("limit", { bytesPerSecond: null });
    // At the old limit it would take two minutes, and each chunk in transit more than half a second.
    expect((await done).status.state).toBe("done");
  });
});

it("a connection that receives nothing for too long is replaced by another", async () => {
  const hub = await openHub(files);
  let stalled = false;
  hub.state.fault = ({ start }) => {
    if (stalled || start !== 0) return null;
    stalled = true;
    return { stallAfter: 100_000 };
  };
  const { run, told } = openDownloads(hub, await temporaryFolder(), { waits: { stallMs: 4000 } });
  expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
  const quiet = told.map(({ status }) => (status.state === "running" ? status.quietSeconds : 0));
  expect(Math.max(...quiet)).toBeGreaterThanOrEqual(2);
});
