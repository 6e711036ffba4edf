import { execFile } from "node:child_process";
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import type { UpdateState } from "../../../electron/contract/updates.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { canary, hostileTexts } from "../../support/hostileTexts.ts";
import { type AnyBridge, cancelQuestions, expectCallsRefuse, expectOthersRefused } from "../support/abuseCalls.ts";
import { type DrivenPackage, drivenPackage } from "../support/drivenPackage.ts";
import { harmInPage, noHarm, titlePattern, watchPolicy } from "../support/harmInPage.ts";
import { type OrdinaryUser, ordinaryUser } from "../support/ordinaryUser.ts";
import { openSink } from "../support/Sink.ts";
import { builtPackages } from "./builtPackages.ts";

// What the tests of the source tree try, against the packaged app: hostile calls, texts and a hostile update server.
const { folder } = builtPackages;
let user: OrdinaryUser;
let app: DrivenPackage;
let begun: DrivenPackage | null;

async function start(files?: Record<string, string>): Promise<void> {
  begun = await drivenPackage({ folder, user, ...(files && { files }) });
  app = begun;
}

test.beforeEach(async () => {
  user = await ordinaryUser();
  begun = null;
});
test.afterEach(async () => {
  await begun?.close();
  await user.forget();
});

const homeOf = (): string => join(user.home, "r1");
const call = (name: string, input: object): Promise<unknown> =>
  app.inPage(([which, what]) => (window as unknown as AnyBridge).r1.call(which, what), [name, input] as const);

test("every call refuses bad input with a code, and whoever is not the app's own page is refused", async () => {
  await start();
  await cancelQuestions(app);
  await expectCallsRefuse(app, [homeOf(), app.folder], 5_000_000);
  await expectOthersRefused(app);
  // The calls of a page that goes away are not answered, and the app keeps running.
  await app.inMain(async ({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows();
    if (own === undefined) throw new Error("There is no window.");
    const again = new Promise<void>((resolve) => own.webContents.once("did-finish-load", () => resolve()));
    void own.webContents.executeJavaScript("for (let at = 0; at < 500; at++) void window.r1.call('models.list', {})");
    own.webContents.reload();
    await again;
  }, null);
  expect(await call("chats.list", {})).toMatchObject({ ok: true });
});

test("a hundred hostile texts, as replies, thoughts and titles, request nothing and run nothing", async () => {
  const sink = await openSink();
  const texts = hostileTexts(sink.address);
  const model = { id: "r1-nano", name: "R1 Nano" };
  mkdirSync(homeOf(), { mode: 0o700 });
  const store = new ChatStore(homeOf());
  const chats = texts.map(({ text }, index) => {
    const { id } = store.createChat({ thinking: "on", modelId: null });
    const { reply } = store.beginTurn({ chatId: id, text, model });
    const answer = `before-${index}\n\n${text}\n\nafter-${index}`;
    const end = { state: "done", stats: null, problem: null } as const;
    store.finishReply({ messageId: reply.id, text: answer, thought: text, ...end });
    return id;
  });
  store.close();
  if (process.getuid?.() === 0) await promisify(execFile)("chown", ["-R", "nobody:nogroup", user.home]);

  await start();
  await app.inPage(watchPolicy, null);
  for (const [index, chatId] of chats.entries()) {
    await app.inPage(
      async ([id, wanted]) => {
        location.hash = `#/chat/${id}`;
        const answers = (): string =>
          Array.from(document.querySelectorAll("[data-testid=answer]"), ({ textContent }) => textContent).join("\n");
        while (!answers().includes(wanted)) await new Promise((resolve) => requestAnimationFrame(resolve));
        for (const button of document.querySelectorAll<HTMLElement>("article button[aria-expanded=false]")) {
          if (button.textContent.startsWith("Thought")) button.click();
        }
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      },
      [chatId, `before-${index}`] as const,
    );
    const found = await app.inPage(harmInPage, canary);
    const calm = { ...noHarm, title: expect.stringMatching(titlePattern), origin: "workbench://app" };
    expect(found, texts[index]?.text).toEqual(calm);
  }
  expect(await app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null)).toBe(1);
  expect(sink.arrived).toEqual([]);
  sink.close();
});

test("a hostile update server gets nothing installed, and an honest one is believed afterwards", async () => {
  const releases = await openReleases();
  const source = { url: `${releases.origin}/releases`, key: releases.key, publisher: null };
  await start({ "out/updateSource.json": JSON.stringify(source) });
  expect(await call("updates.state", {})).toMatchObject({ ok: true, value: { install: "folder" } });
  expect(releases.seen).toEqual([]);

  const { newer, signed, otherKey } = releases;
  const sent =
    (text: string): RequestListener =>
    (_, response) =>
      response.end(text);
  const sentTo =
    (location: string): RequestListener =>
    (_, response) =>
      response.writeHead(302, { location }).end();
  const described = (more: object): RequestListener => sent(signed({ ...newer, ...more }));
  const endless: RequestListener = (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write("a".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  };
  const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
  const [file] = newer.files;
  const hostile: [what: string, answer: RequestListener, code: string][] = [
    ["signs with another key", sent(signed(newer, otherKey)), "update-refused"],
    ["changes what was signed", sent(signed(newer).replace("99.0.0", "98.0.0")), "update-refused"],
    ["has no signature", sent(JSON.stringify(newer)), "update-refused"],
    ["sends a page", sent("<html>Sign in</html>"), "update-refused"],
    ["sends a deep document", sent(deep), "update-refused"],
    ["sends a huge document", sent(`{"document":"${"x".repeat(20_000_000)}"}`), "update-refused"],
    ["sends a document without an end", endless, "update-refused"],
    [
      "sends a part of it",
      (_, response) => {
        const text = signed(newer);
        response.writeHead(200, { "content-length": text.length }).write(text.slice(0, 50), () => response.destroy());
      },
      "update-unreachable",
    ],
    [
      "sends something packed",
      (_, response) => {
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(signed(newer)));
      },
      "update-refused",
    ],
    ["leads to another host", sentTo(releases.origin.replace("127.0.0.1", "localhost")), "update-refused"],
    ["leads to an address without encryption", sentTo("http://192.0.2.1/update.json"), "update-refused"],
    ["leads to a file", sentTo("file:///etc/passwd"), "update-refused"],
    ["leads in circles", sentTo("/releases/latest/download/update.json"), "update-refused"],
    ["fails", (_, response) => response.writeHead(500).end(), "update-unreachable"],
    ["describes another product", described({ product: "other" }), "update-refused"],
    ["names a file in another folder", described({ files: [{ ...file, name: "../../.bashrc" }] }), "update-refused"],
    ["has no hash", described({ files: [{ ...file, sha512: "" }] }), "update-refused"],
    ["names a version that is none", described({ version: "99.0.0-beta" }), "update-refused"],
    [
      "pollutes prototypes",
      sent('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
      "update-refused",
    ],
  ];
  /** Resolves with what became of the request after so many. */
  const settled = async (requests: number): Promise<UpdateState["status"]> => {
    for (;;) {
      const { status } = ((await call("updates.state", {})) as { value: UpdateState }).value;
      const isUnderWay = ["idle", "waiting", "checking"].includes(status.state);
      if (!isUnderWay && releases.seen.length > requests) return status;
    }
  };
  /** Has the app ask, and resolves with what became of it. */
  const outcome = async (): Promise<UpdateState["status"]> => {
    const requests = releases.seen.length;
    await call("updates.check", {});
    return await settled(requests);
  };
  releases.answer = sent("<html>");
  expect(await call("settings.change", { checkUpdates: true })).toMatchObject({ ok: true });
  // Turning it on asks at once.
  expect(await settled(0)).toMatchObject({ state: "failed" });
  for (const [what, answer, code] of hostile) {
    releases.answer = answer;
    expect(await outcome(), what).toMatchObject({ state: "failed", problem: { code } });
  }
  // An older version is no update, and neither is this one.
  releases.answer = described({ version: "0.0.1" });
  expect(await outcome()).toMatchObject({ state: "current" });
  releases.answer = described({});
  expect(await outcome()).toMatchObject({ state: "available", release: { version: "99.0.0" } });
  // This copy cannot be replaced by the app itself, so nothing but descriptions was ever asked for.
  expect(new Set(releases.seen)).toEqual(new Set(["/releases/latest/download/update.json"]));
  expect(
    readdirSync(homeOf(), { recursive: true, encoding: "utf8" }).filter((path) => path.includes("AppImage")),
  ).toEqual([]);
  expect(await app.inMain(() => "polluted" in {}, null)).toBe(false);
  releases.server.close();
});

/** Starts a server whose answer to every request a test decides. */
async function openReleases() {
  const keys = generateKeyPairSync("ed25519");
  const releases = {
    answer: ((_, response) => response.end()) as RequestListener,
    seen: [] as string[],
    server: null as unknown as Server,
    origin: "",
    key: keys.publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    otherKey: generateKeyPairSync("ed25519").privateKey,
    newer: {
      product: "r1-workbench",
      version: "99.0.0",
      date: "2026-11-28",
      notes: "- Something new",
      files: [
        {
          name: "R1-Workbench-99.0.0-linux-x64.AppImage",
          kind: "appimage",
          arch: "x64",
          sizeBytes: 1000,
          sha512: createHash("sha512").update(randomBytes(1000)).digest("hex"),
        },
      ],
    },
    signed: (document: object, key = keys.privateKey): string => {
      const text = JSON.stringify(document);
      return JSON.stringify({ document: text, signature: sign(null, Buffer.from(text), key).toString("base64") });
    },
  };
  releases.server = createServer((request, response) => {
    releases.seen.push(request.url ?? "");
    releases.answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(releases.server, "listening");
  releases.origin = `http://127.0.0.1:${(releases.server.address() as AddressInfo).port}`;
  return releases;
}
