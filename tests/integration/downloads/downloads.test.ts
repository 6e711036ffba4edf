import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { blockBytes } from "../../../electron/workbench/downloads/BlockMap.ts";
import type { Fault, FaultContext, HubServer } from "../../support/hub/hubServer.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { openDownloads, openHub } from "./openDownloads.ts";

const name = "model-Q4_K_M.gguf";
const sizeBytes = 40_000_003;
const files = { [name]: { sizeBytes, seed: 7 } };

const hashOf = (path: string): string => createHash("sha256").update(readFileSync(path)).digest("hex");
const once = (fault: Fault, when: (context: FaultContext) => boolean = () => true) => {
  let used = false;
  return (context: FaultContext): Fault | null => {
    if (used || !when(context)) return null;
    used = true;
    return fault;
  };
};
const holds =
  (position: number) =>
  ({ start, end }: FaultContext) =>
    start <= position && end >= position;

/** Only the connection at the file's start receives anything, and stops there, so a download cannot outrun its test. */
const stopsAfter =
  (bytes: number) =>
  ({ start }: FaultContext): Fault => ({ stallAfter: start === 0 ? bytes : 0 });

describe("a download", () => {
  it("that has ended leaves the list when its file is deleted, and no other does", async () => {
    const others = { ...files, "other-Q4_K_M.gguf": { sizeBytes: 1000, seed: 8 } };
    const { run, client } = openDownloads(await openHub(others), await temporaryFolder());
    const { id, status } = await run(name);
    const other = await run("other-Q4_K_M.gguf");
    await client.forget("/elsewhere.gguf");
    await expect(client.request("list", {})).resolves.toHaveLength(2);
    await client.forget((status as { path: string }).path);
    const left = await client.request("list", {});
    expect(left.map((download) => download.id)).toEqual([other.id]);
    expect(id).not.toBe(other.id);
  });

  it("arrives complete, hashed and under its own name, with progress that never goes back", async () => {
    const hub = await openHub(files);
    const { run, modelsFolder, told, arrivedAs } = openDownloads(hub, await temporaryFolder());
    const { status, receivedBytes } = await run(name);
    const path = join(modelsFolder, "owner", "model-GGUF", name);
    expect(status).toEqual({ state: "done", path, sha256: hub.sha256(name), verified: true });
    expect(receivedBytes).toBe(sizeBytes);
    expect(hashOf(path)).toBe(hub.sha256(name));
    expect(existsSync(join(modelsFolder, ".downloads"))).toBe(true);
    expect(readdirSync(join(modelsFolder, ".downloads"))).toEqual([]);
    const bytes = told.map((download) => download.receivedBytes);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
    expect(Math.max(...bytes)).toBe(sizeBytes);
    await expect.poll(() => arrivedAs).toEqual(["done"]);
  });

  it("that is already installed transfers no byte", async () => {
    const hub = await openHub(files);
    const home = await temporaryFolder();
    const first = openDownloads(hub, home);
    await first.run(name);
    await first.client.close();
    const { fileRequests } = hub.state;
    expect((await openDownloads(hub, home).run(name)).status.state).toBe("done");
    expect(hub.state.fileRequests).toBe(fileRequests);
  });

  it("of a split model fetches every part, each with its hash, or none", async () => {
    const split = {
      "q/big-00001-of-00003.gguf": { sizeBytes: 9_000_000, seed: 1 },
      "q/big-00002-of-00003.gguf": { sizeBytes: 8_388_608, seed: 1 },
      "q/big-00003-of-00003.gguf": { sizeBytes: 5, seed: 1 },
    };
    const hub = await openHub(split);
    const { run, modelsFolder } = openDownloads(hub, await temporaryFolder());
    const done = await run("q/big-00002-of-00003.gguf");
    expect(done).toMatchObject({ parts: 3, sizeBytes: 17_388_613, status: { state: "done", verified: true } });
    for (const path of Object.keys(split)) {
      expect(hashOf(join(modelsFolder, "owner", "model-GGUF", path))).toBe(hub.sha256(path));
    }
    hub.state.files.delete("q/big-00002-of-00003.gguf");
    const again = openDownloads(hub, await temporaryFolder());
    expect((await again.run("q/big-00001-of-00003.gguf")).status).toMatchObject({
      state: "failed",
      problem: { code: "download-incomplete-set" },
    });
  });

  it("resumes after a pause and after the app was closed, without fetching a byte twice", async () => {
    const hub = await openHub(files);
    hub.state.fault = stopsAfter(7_000_000);
    const home = await temporaryFolder();
    const first = openDownloads(hub, home);
    const begun = first.until(({ receivedBytes }) => receivedBytes > 6_000_000);
    void first.run(name);
    const { id } = await begun;
    await first.client.request("pause", { downloadId: id });
    const [paused] = await first.client.request("list", {});
    expect(paused?.status).toEqual({ state: "paused", reason: "user", problem: null });
    await first.client.close();

    hub.state.fault = () => null;
    const sentBefore = hub.state.bytesSent;
    const second = openDownloads(hub, home);
    const [left] = await second.client.request("list", {});
    expect(left).toMatchObject({ id, status: { state: "paused", reason: "left-over" } });
    expect(left?.receivedBytes).toBe(paused?.receivedBytes);
    const done = second.until(({ status }) => status.state === "done");
    await second.client.request("resume", { downloadId: id });
    expect((await done).status).toMatchObject({ sha256: hub.sha256(name) });
    // What is in transit when a tail changes hands is sent in vain.
    const restBytes = sizeBytes - (left?.receivedBytes ?? 0);
    expect(hub.state.bytesSent - sentBefore).toBeLessThan(restBytes + blockBytes);
  });

  it("with one connection told to wait long arrives over the others", async () => {
    const hub = await openHub({ [name]: { sizeBytes: 100_000_003, seed: 7 } });
    hub.state.fault = once({ status: 429, headers: { "retry-after": "600" } }, ({ start }) => start > 0);
    const { run, told } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
    expect(told.filter(({ status }) => status.state === "retrying")).toEqual([]);
  });

  it("from a hub without ranges that serves one connection at a time arrives over that connection", async () => {
    const hub = await openHub({ [name]: { sizeBytes: 100_000_003, seed: 7 } });
    const refused = once({ status: 503, headers: { "retry-after": "600" } }, ({ start }) => start > 0);
    hub.state.fault = (context) => refused(context) ?? { ignoreRange: true };
    const { run } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
  });

  it("that is cancelled leaves nothing behind", async () => {
    const hub = await openHub(files);
    hub.state.fault = stopsAfter(5_000_000);
    const { client, run, until, modelsFolder } = openDownloads(hub, await temporaryFolder());
    const begun = until(({ receivedBytes }) => receivedBytes > 0);
    void run(name);
    await client.request("cancel", { downloadId: (await begun).id });
    expect(await client.request("list", {})).toEqual([]);
    expect(readdirSync(join(modelsFolder, ".downloads"))).toEqual([]);
  });

  it("waits its turn, and the order can be changed", async () => {
    const many = Object.fromEntries(
      ["a", "b", "c"].map((stem, seed) => [`${stem}.gguf`, { sizeBytes: 9_000_000, seed }]),
    );
    const hub = await openHub(many, { bytesPerSecond: 100_000 });
    const { client, until } = openDownloads(hub, await temporaryFolder());
    const start = (path: string) =>
      client.request("start", { file: { repo: hub.repo, revision: "main", path }, acceptUnverified: false });
    await start("a.gguf");
    await start("b.gguf");
    const last = await start("c.gguf");
    expect(last.status).toEqual({ state: "queued", position: 2 });
    const ended = until(({ name: stem, status }) => stem === "b" && status.state === "done");
    await client.request("move", { downloadId: last.id, position: 1 });
    expect((await client.request("list", {})).map(({ name: stem }) => stem)).toEqual(["a", "c", "b"]);
    hub.state.bytesPerSecond = null;
    await ended;
  });
});

/** Each fault happens once; the file must still arrive intact. */
const passing: Record<string, Fault> = {
  "the connection is cut at once": { cutAfter: 0 },
  "the connection is cut half way": { cutAfter: 3_000_000 },
  "503 with Retry-After": { status: 503, headers: { "retry-after": "0" } },
  "429 without a word": { status: 429 },
  "500": { status: 500 },
  "204": { status: 204 },
  "an expired signature": { status: 403 },
  "410": { status: 410 },
  "a range that starts elsewhere": { headers: { "content-range": "bytes 1-100/40000003" } },
  "a range of another total": { headers: { "content-range": "bytes 0-40000002/50000000" } },
  "a range without a total": { headers: { "content-range": "bytes 0-40000002/*" } },
  "no content range": { headers: { "content-range": "" } },
  "a sign-in page": { headers: { "content-type": "text/html" }, body: "<!doctype html><title>Sign in</title>" },
  "a compressed body": { headers: { "content-encoding": "gzip" } },
  "a body that is longer than it says": { extraBytes: 5000 },
  "a body that is shorter than it says": { missingBytes: 5000 },
};

describe("a temporary fault", () => {
  it.each(Object.entries(passing))("%s", async (_title, fault) => {
    const hub = await openHub(files);
    hub.state.fault = once(fault);
    const { run } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
  });

  it("a bit flipped by the network is found and repaired", async () => {
    const hub = await openHub(files);
    hub.state.fault = once({ flipAt: 20_000_000 }, holds(20_000_000));
    const { run } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
  });

  it("a server without ranges is read as a whole", async () => {
    const hub = await openHub(files);
    hub.state.fault = () => ({ ignoreRange: true });
    const { run } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
  });
});

describe("a file that changes on the hub", () => {
  const changes: Record<string, (hub: HubServer) => void> = {
    "to another of the same size": (hub) => {
      hub.state.files.set(name, { sizeBytes, seed: 8 });
      hub.state.etag = '"version-2"';
    },
    "to another size": (hub) => {
      hub.state.files.set(name, { sizeBytes: 30_000_000, seed: 8 });
      hub.state.etag = '"version-2"';
    },
    "to a smaller one, with a weak tag": (hub) => {
      hub.state.files.set(name, { sizeBytes: 12_000_000, seed: 8 });
      hub.state.etag = 'W/"version-2"';
    },
  };
  it.each(Object.entries(changes))("%s: never results in a mixture", async (_title, change) => {
    const hub = await openHub(files);
    hub.state.fault = stopsAfter(7_000_000);
    const { run, until, client } = openDownloads(hub, await temporaryFolder());
    const begun = until(({ receivedBytes }) => receivedBytes > 6_000_000);
    void run(name);
    const { id } = await begun;
    await client.request("pause", { downloadId: id });
    change(hub);
    hub.state.signature++;
    hub.state.fault = () => null;
    const ended = until(({ status }) => status.state === "done");
    await client.request("resume", { downloadId: id });
    const { status, restarted } = await ended;
    expect(restarted).toMatchObject({ code: "download-changed" });
    expect(status).toMatchObject({ sha256: hub.sha256(name), verified: true });
    if (status.state === "done") expect(hashOf(status.path)).toBe(hub.sha256(name));
  });
});

/** Each fault is permanent; nothing wrong may ever reach the library. */
const lasting: [string, Fault | null, string, ((hub: HubServer) => void)?][] = [
  ["the bytes of another file", { otherSeed: 99 }, "download-mismatch"],
  ["a bit wrong each time", { flipAt: 20_000_000 }, "download-mismatch"],
  [
    "a hash that is another",
    null,
    "download-mismatch",
    (hub) => hub.state.files.set(name, { ...files[name], sizeBytes, sha256: "f".repeat(64) }),
  ],
  ["no hash", null, "download-unverifiable", (hub) => hub.state.files.set(name, { sizeBytes, seed: 7, sha256: null })],
  [
    "a sign-in page each time",
    { body: "<html>", headers: { "content-length": "6", "content-range": "" } },
    "hub-answer-invalid",
  ],
  ["always cut off", { cutAfter: 0 }, "hub-unreachable"],
  ["always busy", { status: 503 }, "hub-busy"],
  ["not there", null, "hub-not-found", (hub) => hub.state.files.delete(name)],
];

describe("a permanent fault", () => {
  it.each(lasting)("%s", async (_title, fault, code, change) => {
    const hub = await openHub({ ...files, "other.gguf": { sizeBytes: 100, seed: 2 } });
    if (fault !== null) hub.state.fault = () => fault;
    change?.(hub);
    const { run, modelsFolder } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "failed", problem: { code } });
    expect(existsSync(join(modelsFolder, "owner", "model-GGUF", name))).toBe(false);
  });

  it("both hashes are shown, and the bytes are kept", async () => {
    const hub = await openHub(files);
    hub.state.fault = () => ({ otherSeed: 99 });
    const { run } = openDownloads(hub, await temporaryFolder());
    const { status, receivedBytes } = await run(name);
    expect(status).toMatchObject({ problem: { detail: expect.stringContaining(hub.sha256(name) ?? "") as string } });
    expect(receivedBytes).toBe(sizeBytes);
  });

  it("a missing hash is accepted if the user agreed, and the file is shown as unverified", async () => {
    const hub = await openHub({ [name]: { sizeBytes, seed: 7, sha256: null } });
    const { run } = openDownloads(hub, await temporaryFolder());
    expect((await run(name, true)).status).toMatchObject({ state: "done", verified: false });
  });
});

describe("the disk", () => {
  it("with too little space is reported with the numbers, before a byte is requested", async () => {
    const hub = await openHub(files);
    const { run } = openDownloads(hub, await temporaryFolder(), { reserveBytes: 1e18 });
    const { status } = await run(name);
    expect(status).toMatchObject({ state: "paused", reason: "disk-full", problem: { code: "download-disk-full" } });
    expect(hub.state.fileRequests).toBe(0);
  });

  it("that lost a block causes only that block to be fetched again", async () => {
    const hub = await openHub(files);
    hub.state.fault = stopsAfter(9_000_000);
    const home = await temporaryFolder();
    const first = openDownloads(hub, home);
    const begun = first.until(({ receivedBytes }) => receivedBytes >= blockBytes);
    void first.run(name);
    const { id } = await begun;
    await first.client.request("pause", { downloadId: id });
    await first.client.close();
    const part = join(home, "models", ".downloads", id, "part-1");
    const receipts = readFileSync(`${part}.receipts`, "utf8");
    const whole = receipts.split("\n").find((line) => line.split(" ")[1] === String(blockBytes));
    const at = Number(whole?.split(" ")[0]) * blockBytes + 1000;
    const bytes = readFileSync(part);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(part, bytes);
    hub.state.fault = () => null;
    const sentBefore = hub.state.bytesSent;
    const { receivedBytes: there } = (await openDownloads(hub, home).client.request("list", {}))[0] ?? {
      receivedBytes: 0,
    };
    const second = openDownloads(hub, home);
    expect((await second.run(name)).status).toMatchObject({ state: "done", sha256: hub.sha256(name) });
    expect(hub.state.bytesSent - sentBefore).toBeLessThan(sizeBytes - there + 3 * blockBytes);
  });

  it("that lost the end of a part causes it to be fetched again", async () => {
    const hub = await openHub(files);
    hub.state.fault = stopsAfter(7_000_000);
    const home = await temporaryFolder();
    const first = openDownloads(hub, home);
    const begun = first.until(({ receivedBytes }) => receivedBytes > 6_000_000);
    void first.run(name);
    const { id } = await begun;
    await first.client.request("pause", { downloadId: id });
    await first.client.close();
    const part = join(home, "models", ".downloads", id, "part-1");
    truncateSync(part, Math.floor(statSync(part).size / 2));
    hub.state.fault = () => null;
    writeFileSync(`${part}.receipts`, `${readFileSync(`${part}.receipts`, "utf8")}3 83`);
    expect((await openDownloads(hub, home).run(name)).status).toMatchObject({
      state: "done",
      sha256: hub.sha256(name),
    });
  });

  it("with another file of that name keeps it unchanged", async () => {
    const hub = await openHub(files);
    const { run, modelsFolder } = openDownloads(hub, await temporaryFolder());
    const folder = join(modelsFolder, "owner", "model-GGUF");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), "mine");
    expect((await run(name)).status).toMatchObject({ state: "failed", problem: { code: "download-file-exists" } });
    expect(readFileSync(join(folder, name), "utf8")).toBe("mine");
  });
});

describe("the token", () => {
  it("is sent to the hub and not to any server it redirects to", async () => {
    const hub = await openHub(files, { gated: true, token: "hf_canary" });
    const { run, told } = openDownloads(hub, await temporaryFolder(), { token: "hf_canary" });
    expect((await run(name)).status.state).toBe("done");
    const seen = (server: string) =>
      hub.state.requests.filter((request) => request.server === server).map(({ headers }) => headers.authorization);
    expect(new Set(seen("hub"))).toEqual(new Set(["Bearer hf_canary"]));
    expect(new Set(seen("cdn"))).toEqual(new Set([undefined]));
    expect(JSON.stringify(told)).not.toContain("hf_canary");
  });

  it("is requested when the model is gated", async () => {
    const hub = await openHub(files, { gated: true, token: "hf_canary" });
    const { run } = openDownloads(hub, await temporaryFolder());
    expect((await run(name)).status).toMatchObject({ state: "failed", problem: { code: "hub-gated" } });
  });
});
