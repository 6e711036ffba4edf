import { generateKeyPairSync } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, test } from "vitest";
import type { Problem } from "../../../electron/contract/errors.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import type { InstallKind, UpdateState, UpdateStatus } from "../../../electron/contract/updates.ts";
import { Signal } from "../../../electron/workbench/Signal.ts";
import { Updates } from "../../../electron/workbench/updates/Updates.ts";
import { listenOnLoopback } from "../../support/listenOnLoopback.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { testNetwork } from "../../support/testNetwork.ts";
import { content, documentPath, fileName, filePath, newer, openReleases } from "../../support/updates/openReleases.ts";

const dayMs = 24 * 60 * 60_000;
const shortWaits = { documentMs: 300, silenceMs: 300 };

interface Given {
  isOn?: boolean;
  install?: InstallKind;
  version?: string;
  home?: string;
  hasSource?: boolean;
  /** Whether a server that sends nothing is given up soon. */
  isImpatient?: boolean;
}

/** A clock that a test turns forward. */
function testClock() {
  let now = 1_800_000_000_000;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, callback: () => void) {
      const entry = { at: now + ms, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((each) => each !== entry);
      };
    },
    turn(ms: number): void {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
  };
}

async function open({
  isOn = true,
  install = "appimage",
  version = "0.1.0",
  home,
  hasSource = true,
  isImpatient = false,
}: Given = {}) {
  const releases = await openReleases();
  const folder = home ?? (await temporaryFolder());
  const network = testNetwork();
  const clock = testClock();
  let settings = settingsSchema.parse({ checkUpdates: isOn });
  const changed = new Signal<typeof settings>();
  const busy = { is: false };
  const notices: Problem[] = [];
  const looking = new Set<(state: UpdateState) => void>();
  const updates = new Updates({
    home: folder,
    version,
    source: hasSource ? releases.source : null,
    install,
    settings: { get: () => settings, changed },
    isBusy: () => busy.is,
    notices: { add: (problem) => notices.push(problem) },
    network,
    waits: isImpatient ? shortWaits : undefined,
    clock,
    onChange: (state) => {
      for (const look of looking) look(state);
    },
  });
  onTestFinished(() => updates.close());
  /** Resolves with the first status of this state, from now on or at present. */
  const until = <State extends UpdateStatus["state"]>(...wanted: State[]) =>
    new Promise<Extract<UpdateStatus, { state: State }>>((resolve) => {
      const look = ({ status }: UpdateState): void => {
        if (!(wanted as string[]).includes(status.state)) return;
        looking.delete(look);
        resolve(status as Extract<UpdateStatus, { state: State }>);
      };
      looking.add(look);
      look(updates.state());
    });
  const turn = (checkUpdates: boolean): void => {
    settings = { ...settings, checkUpdates };
    changed.emit(settings);
  };
  const kept = (): Promise<string[]> => readdir(join(folder, "updates")).catch(() => []);
  await updates.open();
  return { ...releases, updates, home: folder, network, clock, busy, notices, until, turn, kept };
}

const fetched = async (given: Given = {}) => {
  const opened = await open(given);
  opened.updates.check();
  await opened.until("available");
  opened.updates.download();
  await opened.until("ready");
  return opened;
};

describe("nothing is asked", () => {
  it("unless the user has turned it on: not at the start, not a day later, and not by a call", async () => {
    const { updates, clock, seen, network, home } = await open({ isOn: false });
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
    const { updates, clock, seen, network, until } = await open();
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
    const { updates, clock, network, home } = await open({ hasSource: false });
    clock.turn(60_000);
    expect(updates.check()).toMatchObject({ source: null, status: { state: "idle" } });
    expect(network.recorded()).toEqual([]);
    expect(await readdir(home)).toEqual([]);
  });
});

test("what is sent is one request a day, the same from everyone, and in the record", async () => {
  const { clock, seen, requests, network, until, url } = await open();
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
  const { updates, until, seen } = await open();
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
  const { updates, until, seen, answers, home, kept } = await open();
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
  await expect.poll(async () => (await readFile(join(home, "updates", fileName)).catch(() => "")).length).toBe(1000);
  answers.set(filePath, (_, response) => response.end(content));
  updates.cancel();
  updates.download();
  await until("ready");
  expect(await kept()).toEqual([fileName]);
  expect((await readFile(join(home, "updates", fileName))).equals(content)).toBe(true);
});

test("a check that reached nobody does not count: it is tried again an hour later, and nothing was checked", async () => {
  const { updates, clock, answers, until, seen, publish } = await open();
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
  const { updates, clock, answers, until, seen } = await open();
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
  const first = await open();
  first.updates.check();
  await first.until("available");
  const second = await open({ home: first.home });
  second.clock.turn(60_000);
  expect(second.seen()).toEqual([]);
  expect(second.updates.state().checkedAt).toBe(first.clock.now());
});

test("a newer version is fetched once the user says so, verified, and handed over when the app quits", async () => {
  const { updates, until, seen, home, network, kept } = await open();
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
  expect((await readFile(join(home, "updates", fileName))).equals(content)).toBe(true);
  await expect
    .poll(() => network.recorded().map(({ reason }) => reason))
    .toEqual([
      { code: "update", facts: {} },
      { code: "updateFile", facts: { version: "0.2.0" } },
    ]);

  updates.installOnQuit(false);
  expect(await updates.toInstall()).toBeNull();
  updates.installOnQuit(true);
  expect(await updates.toInstall()).toMatchObject({ path: join(home, "updates", fileName), version: "0.2.0" });
});

test("a file that was changed on the disk is not installed", async () => {
  const { updates, home } = await fetched();
  const changed = Buffer.from(content);
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  await writeFile(join(home, "updates", fileName), changed);
  expect(await updates.toInstall()).toBeNull();
  const next = await open({ home });
  expect(next.notices).toMatchObject([{ code: "update-not-installed", facts: { version: "0.2.0" } }]);
});

test("an installation that did not happen is told at the next start, once", async () => {
  const first = await fetched();
  expect(await first.updates.toInstall()).not.toBeNull();
  const second = await open({ home: first.home });
  expect(second.notices).toMatchObject([{ code: "update-not-installed", facts: { version: "0.2.0" } }]);
  expect(await second.kept()).toEqual([]);
  expect((await open({ home: first.home })).notices).toEqual([]);
  const third = await fetched();
  await third.updates.toInstall();
  expect((await open({ home: third.home, version: "0.2.0" })).notices).toEqual([]);
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
    const { updates, until, seen } = await open({ install });
    updates.check();
    expect((await until("available")).release.file).toBeNull();
    updates.download();
    expect(updates.state().status.state).toBe("available");
    expect(seen()).toEqual([documentPath]);
  },
);

describe("while a reply is written, something is measured or a model is downloaded", () => {
  it("nothing is asked before that has ended", async () => {
    const { updates, busy, until, seen, clock } = await open();
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
    const { updates, busy, until, answers, requests, clock, home } = await open();
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
    await expect.poll(async () => (await readFile(join(home, "updates", fileName)).catch(() => "")).length).toBe(half);
    busy.is = true;
    clock.turn(1000);
    expect(await until("waiting")).toEqual({ state: "waiting", for: "download" });
    busy.is = false;
    clock.turn(1000);
    await until("ready");
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined, `bytes=${half}-`]);
    expect((await readFile(join(home, "updates", fileName))).equals(content)).toBe(true);
  });

  it("a download that gave way after its last byte asks for nothing more", async () => {
    const { updates, busy, until, answers, clock, home, seen } = await open();
    // Not ended.
    answers.set(filePath, (_, response) => void response.writeHead(200).write(content));
    updates.check();
    await until("available");
    updates.download();
    const arrived = async () => (await readFile(join(home, "updates", fileName)).catch(() => "")).length;
    await expect.poll(arrived).toBe(content.length);
    busy.is = true;
    clock.turn(1000);
    await until("waiting");
    busy.is = false;
    clock.turn(1000);
    await until("ready");
    expect(seen()).toEqual([documentPath, filePath]);
  });

  it("a download starts over if the server does not continue", async () => {
    const { updates, busy, until, answers, clock, home } = await open();
    let requests = 0;
    answers.set(filePath, (_, response) => {
      if (++requests === 1) response.writeHead(200).write(content.subarray(0, 1000));
      else response.end(content);
    });
    updates.check();
    await until("available");
    updates.download();
    await expect.poll(async () => (await readFile(join(home, "updates", fileName)).catch(() => "")).length).toBe(1000);
    busy.is = true;
    clock.turn(1000);
    await until("waiting");
    busy.is = false;
    clock.turn(1000);
    await until("ready");
  });
});

test("what is going on can be cancelled", async () => {
  const { updates, until, answers, kept } = await open();
  updates.check();
  await until("available");
  answers.set(filePath, (_, response) => void response.writeHead(200).write(content.subarray(0, 1000)));
  updates.download();
  await until("downloading");
  expect(updates.cancel().status.state).toBe("available");
  await expect.poll(kept).toEqual([]);
});

/** Writes to the response until its reader is gone. */
const endless: RequestListener = (_, response) => {
  const chunk = Buffer.alloc(65_536, "a");
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on("drain", more);
  more();
};
const isLate = (problem: object): boolean => JSON.stringify(problem).includes('"late"');
const changedFile = { ...newer.files[0], sha512: "0".repeat(128) };

describe("a hostile server", () => {
  const otherKeys = generateKeyPairSync("ed25519");
  type Server = Awaited<ReturnType<typeof openReleases>>;
  it.each<[string, (server: Server) => void, object]>([
    [
      "signs with another key",
      ({ answers, signed }) =>
        answers.set(documentPath, (_, response) => response.end(signed(newer, otherKeys.privateKey))),
      { code: "update-refused", facts: { case: "unsigned" } },
    ],
    [
      "changes what was signed",
      ({ answers, signed }) =>
        answers.set(documentPath, (_, response) => response.end(signed(newer).replace("0.2.0", "0.3.0"))),
      { code: "update-refused", facts: { case: "unsigned" } },
    ],
    [
      "has no signature",
      ({ answers }) => answers.set(documentPath, (_, response) => response.end(JSON.stringify(newer))),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "sends a page",
      ({ answers }) => answers.set(documentPath, (_, response) => response.end("<html>Sign in</html>")),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "sends a description without an end",
      ({ answers }) => answers.set(documentPath, endless),
      { code: "update-refused", facts: { case: "tooLarge" } },
    ],
    [
      "sends nothing",
      ({ answers }) => answers.set(documentPath, () => undefined),
      { code: "update-unreachable", facts: { case: "late" } },
    ],
    [
      "sends a head and no more",
      ({ answers }) => answers.set(documentPath, (_, response) => void response.writeHead(200).write("{")),
      { code: "update-unreachable", facts: { case: "late" } },
    ],
    [
      "fails",
      ({ answers }) => answers.set(documentPath, (_, response) => response.writeHead(500).end("x")),
      { code: "update-unreachable", facts: { case: "status", status: 500 } },
    ],
    [
      "closes the connection",
      ({ answers }) => answers.set(documentPath, (_, response) => response.destroy()),
      { code: "update-unreachable", facts: { case: "noAnswer" } },
    ],
    [
      "redirects without an end",
      ({ answers }) =>
        answers.set(documentPath, (_, response) => response.writeHead(302, { location: documentPath }).end()),
      { code: "update-refused", facts: { case: "redirected" } },
    ],
    [
      "redirects to a file",
      ({ answers }) =>
        answers.set(documentPath, (_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end()),
      { code: "update-refused", facts: { case: "redirected" } },
    ],
    [
      "sends something packed",
      ({ answers, signed }) =>
        answers.set(documentPath, (_, response) =>
          response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(signed(newer))),
        ),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "describes another product",
      ({ publish }) => publish({ ...newer, product: "other" }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "names a file in another folder",
      ({ publish }) => publish({ ...newer, files: [{ ...newer.files[0], name: "../../.bashrc" }] }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "states no hash",
      ({ publish }) => publish({ ...newer, files: [{ ...newer.files[0], sha512: "" }] }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "has notes of megabytes",
      ({ publish }) => publish({ ...newer, notes: "x".repeat(250_000) }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
    [
      "names a version that is none",
      ({ publish }) => publish({ ...newer, version: "99.0.0-beta" }),
      { code: "update-refused", facts: { case: "invalid" } },
    ],
  ])("that %s", async (_title, beHostile, problem) => {
    const isImpatient = isLate(problem);
    const opened = await open({ isImpatient });
    beHostile(opened);
    opened.updates.check();
    expect((await opened.until("failed")).problem).toMatchObject(problem);
    expect(await opened.kept()).toEqual([]);
    if (isImpatient) return;
    // It is usable again as soon as the server is.
    opened.publish(newer);
    opened.updates.check();
    await opened.until("available");
  });

  it.each<[string, (server: Server) => void, object]>([
    [
      "has another file than the signed one",
      ({ answers }) => answers.set(filePath, (_, response) => response.end(Buffer.alloc(content.length))),
      { code: "update-refused", facts: { case: "mismatch" } },
    ],
    [
      "has a shorter file",
      ({ answers }) => answers.set(filePath, (_, response) => response.end(content.subarray(1))),
      { code: "update-refused", facts: { case: "mismatch" } },
    ],
    [
      "has a file without an end",
      ({ answers }) => answers.set(filePath, endless),
      { code: "update-refused", facts: { case: "tooLarge" } },
    ],
    [
      "stops in the middle",
      ({ answers }) =>
        answers.set(filePath, (_, response) => void response.writeHead(200).write(content.subarray(0, 1000))),
      { code: "update-unreachable", facts: { case: "late" } },
    ],
    [
      "has lost it",
      ({ answers }) => answers.delete(filePath),
      { code: "update-unreachable", facts: { case: "status", status: 404 } },
    ],
  ])("that %s: nothing is installed, and nothing is left on the disk", async (_title, beHostile, problem) => {
    const opened = await open({ isImpatient: isLate(problem) });
    beHostile(opened);
    opened.updates.check();
    await opened.until("available");
    opened.updates.download();
    expect((await opened.until("failed")).problem).toMatchObject(problem);
    expect(await opened.kept()).toEqual([]);
    expect(await opened.updates.toInstall()).toBeNull();
  });

  it.each([
    ["redirects the question", documentPath],
    ["redirects the download", filePath],
  ])("that %s to another host, which is not contacted", async (_title, path) => {
    let contacts = 0;
    const port = await listenOnLoopback(createServer().on("connection", () => contacts++));
    const { updates, until, answers } = await open();
    answers.set(path, (_, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/x` }).end());
    updates.check();
    if (path === filePath) {
      await until("available");
      updates.download();
    }
    expect((await until("failed")).problem).toMatchObject({
      code: "update-refused",
      facts: { case: "redirected", host: `127.0.0.1:${port}` },
    });
    expect(contacts).toBe(0);
  });

  it.each(["0.1.0", "0.0.9"])("that offers %s to 0.1.0 has nothing new", async (version) => {
    const { updates, until, publish } = await open();
    publish({ ...newer, version });
    updates.check();
    await until("current");
    updates.download();
    expect(updates.state().status.state).toBe("current");
  });

  it("cannot have its file installed if the signed hash is another", async () => {
    const { updates, until, publish } = await open();
    publish({ ...newer, files: [changedFile] });
    updates.check();
    await until("available");
    updates.download();
    expect((await until("failed")).problem).toMatchObject({ facts: { case: "mismatch" } });
  });

  it("cannot turn the direction of the text around its notes, nor send control characters", async () => {
    const { updates, until, publish } = await open();
    publish({ ...newer, notes: "one\u202E\u0000\u001B[2J\r\n<b>two</b>" });
    updates.check();
    expect((await until("available")).release.notes).toBe("one[2J\n<b>two</b>");
  });
});
