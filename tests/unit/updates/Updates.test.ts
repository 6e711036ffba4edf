import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { content, documentPath, fileName, filePath, newer } from "../../support/updates/openReleases.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { type Given, openTestUpdates } from "../../support/updates/openTestUpdates.ts";

const dayMs = 24 * 60 * 60_000;

const fetched = async (given: Given = {}) => {
  const opened = await openTestUpdates(given);
  opened.updates.check();
  await opened.until("available");
  opened.updates.download();
  await opened.until("ready");
  return opened;
};

describe("nothing is asked", () => {
  it("unless the user has turned it on: not at the start, not a day later, and not by a call", async () => {
    const { updates, clock, seen, network, home } = await openTestUpdates({ isOn: false });
    clock.turn(60_000);
    clock.turn(2 * dayMs);
    updates.check();
    updates.download();
    expect(updates.state().status).toEqual({ state: "idle" });
    expect(seen()).toEqual([]);
    expect(network.recorded()).toEqual([]);
    expect(await readdir(home)).toEqual([]);
  });

  it("while Offline is on: a request of the user's says so, and the daily one waits without a word", async () => {
    const { updates, clock, seen, network, until } = await openTestUpdates();
    network.turn({ isOffline: true });
    clock.turn(60_000);
    expect(updates.state().status).toEqual({ state: "idle" });
    updates.check();
    expect((await until("failed")).problem.code).toBe("offline");
    expect(seen()).toEqual([]);
    expect(network.recorded()).toEqual([]);
    network.turn({ isOffline: false });
    clock.turn(dayMs);
    await until("available");
  });

  it("in a build that knows no server", async () => {
    const { updates, clock, network, home } = await openTestUpdates({ hasSource: false });
    clock.turn(60_000);
    expect(updates.check()).toMatchObject({ source: null, status: { state: "idle" } });
    expect(network.recorded()).toEqual([]);
    expect(await readdir(home)).toEqual([]);
  });
});

test("what is sent is one request a day, the same from everyone, and in the record", async () => {
  const { clock, seen, requests, network, until, url } = await openTestUpdates();
  clock.turn(60_000);
  await until("available");
  expect(seen()).toEqual([documentPath]);
  const { host } = new URL(url);
  expect(requests[0]?.headers).toEqual({
    host,
    "user-agent": "r1-workbench",
    accept: "*/*",
    "accept-encoding": "identity",
    connection: "keep-alive",
  });
  await expect
    .poll(() => network.recorded())
    .toMatchObject([{ host, reason: { code: "update", facts: {} }, requests: 1, outcome: "done" }]);
  for (let hour = 0; hour < 23; hour++) clock.turn(60 * 60_000);
  expect(seen()).toHaveLength(1);
  clock.turn(2 * 60 * 60_000);
  await expect.poll(seen).toHaveLength(2);
});

test("a second request for the same changes nothing", async () => {
  const { updates, until, seen } = await openTestUpdates();
  updates.check();
  updates.check();
  await until("available");
  updates.download();
  await until("downloading");
  updates.check();
  await until("ready");
  expect(seen()).toEqual([documentPath, filePath]);
});

test("a second click on the download begins nothing twice, nor one after it was cancelled", async () => {
  const { updates, until, seen, answers, kept, fetchedFile, arrived } = await openTestUpdates();
  updates.check();
  await until("available");
  updates.download();
  updates.download();
  expect(updates.state().status).toMatchObject({ state: "downloading", receivedBytes: 0 });
  await until("ready");
  updates.download();
  expect(updates.state().status.state).toBe("ready");
  expect(seen()).toEqual([documentPath, filePath]);

  // What was given up deletes its own file only.
  updates.check();
  await until("available");
  answers.set(filePath, (_, response) => void response.writeHead(200).write(content.subarray(0, 1000)));
  updates.download();
  await expect.poll(arrived).toBe(1000);
  answers.set(filePath, (_, response) => response.end(content));
  updates.cancel();
  updates.download();
  await until("ready");
  expect(await kept()).toEqual([fileName]);
  expect((await readFile(fetchedFile)).equals(content)).toBe(true);
});

test("a check that reached nobody does not count: it is tried again an hour later, and nothing was checked", async () => {
  const { updates, clock, answers, until, seen, publish } = await openTestUpdates();
  answers.set(documentPath, (_, response) => response.destroy());
  clock.turn(60_000);
  await until("failed");
  expect(updates.state().checkedAt).toBeNull();
  publish(newer);
  clock.turn(60 * 60_000);
  await until("available");
  expect(seen()).toHaveLength(2);
  expect(updates.state().checkedAt).toBe(clock.now());
});

test("a server that answered, even with an error, is asked again a day later", async () => {
  const { updates, clock, answers, until, seen } = await openTestUpdates();
  answers.set(documentPath, (_, response) => response.writeHead(500).end());
  clock.turn(60_000);
  await until("failed");
  expect(updates.state().checkedAt).toBeNull();
  for (let hour = 0; hour < 23; hour++) clock.turn(60 * 60_000);
  expect(updates.state().status.state).toBe("failed");
  expect(seen()).toHaveLength(1);
  clock.turn(2 * 60 * 60_000);
  await expect.poll(seen).toHaveLength(2);
});

test("the last check is remembered over a restart", async () => {
  const first = await openTestUpdates();
  first.updates.check();
  await first.until("available");
  const second = await openTestUpdates({ home: first.home });
  second.clock.turn(60_000);
  expect(second.seen()).toEqual([]);
  expect(second.updates.state().checkedAt).toBe(first.clock.now());
});

test("a newer version is fetched once the user says so, verified, and handed over when the app quits", async () => {
  const { updates, until, seen, network, kept, fetchedFile } = await openTestUpdates();
  updates.check();
  const { release } = await until("available");
  expect(release).toMatchObject({
    version: "0.2.0",
    date: "2026-11-28",
    file: { name: fileName, sizeBytes: content.length },
  });
  expect(release.page).toMatch(/\/releases\/tag\/v0\.2\.0$/);
  expect(await updates.toInstall()).toBeNull();
  expect(seen()).toEqual([documentPath]);
  updates.download();
  expect(await until("ready")).toMatchObject({ onQuit: true });
  expect(seen()).toEqual([documentPath, filePath]);
  expect(await kept()).toEqual([fileName]);
  expect((await readFile(fetchedFile)).equals(content)).toBe(true);
  await expect
    .poll(() => network.recorded().map(({ reason }) => reason))
    .toEqual([
      { code: "update", facts: {} },
      { code: "updateFile", facts: { version: "0.2.0" } },
    ]);

  updates.installOnQuit(false);
  expect(await updates.toInstall()).toBeNull();
  updates.installOnQuit(true);
  expect(await updates.toInstall()).toMatchObject({ path: fetchedFile, version: "0.2.0" });
});

test("a file that was changed on the disk is not installed", async () => {
  const { updates, home, fetchedFile } = await fetched();
  const changed = Buffer.from(content);
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  await writeFile(fetchedFile, changed);
  expect(await updates.toInstall()).toBeNull();
  const next = await openTestUpdates({ home });
  expect(next.notices).toMatchObject([{ code: "update-not-installed", facts: { version: "0.2.0" } }]);
});

test("a folder of the user's with the same name keeps its files, at the start and when updates are turned off", async () => {
  const home = await temporaryFolder();
  await mkdir(join(home, "updates"));
  await writeFile(join(home, "updates", "notes.md"), "mine");
  const { turn, kept, updates } = await fetched({ home });
  expect(await kept()).toEqual([fileName]);
  turn(false);
  await expect.poll(kept).toEqual([]);
  updates.close();
  await openTestUpdates({ home });
  expect(await readdir(join(home, "updates"))).toEqual(["notes.md"]);
});

test("an installation that did not happen is told at the next start, once", async () => {
  const first = await fetched();
  expect(await first.updates.toInstall()).not.toBeNull();
  const second = await openTestUpdates({ home: first.home });
  expect(second.notices).toMatchObject([{ code: "update-not-installed", facts: { version: "0.2.0" } }]);
  expect(await second.kept()).toEqual([]);
  expect((await openTestUpdates({ home: first.home })).notices).toEqual([]);
  const third = await fetched();
  await third.updates.toInstall();
  expect((await openTestUpdates({ home: third.home, version: "0.2.0" })).notices).toEqual([]);
});

test("turning it off ends everything and deletes what was fetched", async () => {
  const { updates, turn, kept } = await fetched();
  turn(false);
  expect(updates.state().status).toEqual({ state: "idle" });
  expect(await updates.toInstall()).toBeNull();
  await expect.poll(kept).toEqual([]);
});

test.each(["deb", "rpm", "folder", "portable", "development"] as const)(
  "a copy that was installed as %s only hears of the version, and fetches nothing",
  async (install) => {
    const { updates, until, seen } = await openTestUpdates({ install });
    updates.check();
    expect((await until("available")).release.file).toBeNull();
    updates.download();
    expect(updates.state().status.state).toBe("available");
    expect(seen()).toEqual([documentPath]);
  },
);

describe("while a reply is written, something is measured or a model is downloaded", () => {
  it("nothing is asked before that has ended", async () => {
    const { updates, busy, until, seen, clock } = await openTestUpdates();
    busy.is = true;
    updates.check();
    expect(await until("waiting")).toEqual({ state: "waiting", for: "check" });
    clock.turn(1000);
    expect(seen()).toEqual([]);
    busy.is = false;
    clock.turn(1000);
    await until("available");
  });

  it("a download gives way, and then continues where it was", async () => {
    const { updates, until, answers, requests, fetchedFile, arrived, interrupt } = await openTestUpdates();
    const half = content.length / 2;
    let sent: ServerResponse | null = null;
    answers.set(filePath, (request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
      if (from === 0) {
        sent = response;
        response.writeHead(200).write(content.subarray(0, half));
        return;
      }
      response.writeHead(206, { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` });
      response.end(content.subarray(from));
    });
    updates.check();
    await until("available");
    updates.download();
    await expect.poll(() => sent).not.toBeNull();
    await expect.poll(arrived).toBe(half);
    await interrupt();
    await until("ready");
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined, `bytes=${half}-`]);
    expect((await readFile(fetchedFile)).equals(content)).toBe(true);
  });

  it("a download that gave way after its last byte asks for nothing more", async () => {
    const { updates, until, answers, seen, arrived, interrupt } = await openTestUpdates();
    // Not ended.
    answers.set(filePath, (_, response) => void response.writeHead(200).write(content));
    updates.check();
    await until("available");
    updates.download();
    await expect.poll(arrived).toBe(content.length);
    await interrupt();
    await until("ready");
    expect(seen()).toEqual([documentPath, filePath]);
  });

  it("a download starts over if the server does not continue", async () => {
    const { updates, until, answers, arrived, interrupt } = await openTestUpdates();
    let requests = 0;
    answers.set(filePath, (_, response) => {
      if (++requests === 1) response.writeHead(200).write(content.subarray(0, 1000));
      else response.end(content);
    });
    updates.check();
    await until("available");
    updates.download();
    await expect.poll(arrived).toBe(1000);
    await interrupt();
    await until("ready");
  });
});

test("what is going on can be cancelled", async () => {
  const { updates, until, answers, kept } = await openTestUpdates();
  updates.check();
  await until("available");
  answers.set(filePath, (_, response) => void response.writeHead(200).write(content.subarray(0, 1000)));
  updates.download();
  await until("downloading");
  expect(updates.cancel().status.state).toBe("available");
  await expect.poll(kept).toEqual([]);
});
