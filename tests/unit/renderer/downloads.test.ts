import { expect, test, vi } from "vitest";
import type { Download } from "../../../electron/contract/downloads.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { HubListing } from "../../../electron/contract/hub.ts";
import { createCatalogStore } from "../../../renderer/stores/catalog.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createDownloadsStore } from "../../../renderer/stores/downloads.ts";
import { createHubStore } from "../../../renderer/stores/hub.ts";
import { createModelsStore } from "../../../renderer/stores/models.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";

const file = { repo: "owner/name", revision: "main", path: "model-Q4_K_M.gguf" };
const download: Download = {
  id: "d1",
  name: "model-Q4_K_M",
  file,
  component: null,
  commit: null,
  parts: 1,
  sizeBytes: null,
  receivedBytes: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  restarted: null,
  status: { state: "starting" },
};
const listing: HubListing = { repo: "owner/name", commit: null, licence: "mit", gated: false, models: [] };

test("a started download is shown at once, and only once", async () => {
  const fake = fakeBridge({ "downloads.start": () => download });
  const store = createDownloadsStore(openDoor(fake.bridge));
  await store.getState().start(file);
  expect(store.getState().list).toEqual([download]);
  await store.getState().start(file, true);
  expect(store.getState().list).toHaveLength(1);
  expect(fake.named("downloads.start")).toEqual([
    { file, acceptUnverified: false },
    { file, acceptUnverified: true },
  ]);
  fake.emit("downloads.changed", []);
  expect(store.getState().list).toEqual([]);
});

test("a download that cannot be started shows why, until dismissed", async () => {
  const fake = fakeBridge({
    "downloads.start": () => {
      throw new WorkbenchError("download-name-refused");
    },
  });
  const store = createDownloadsStore(openDoor(fake.bridge));
  await store.getState().start(file);
  expect(store.getState().problem?.code).toBe("download-name-refused");
  store.getState().dismissProblem();
  expect(store.getState().problem).toBeNull();
});

test("words are searched for, and the first repositories' files read; a link leads straight to its file", async () => {
  const fake = fakeBridge({
    "hub.read": ({ text }) => (text === "qwen" ? { kind: "words", words: text } : { kind: "file", file }),
    "hub.search": () =>
      ["owner/name", "owner/gated", ...Array.from({ length: 8 }, (_, index) => `owner/n${index}`)].map((repo) => ({
        repo,
        downloads: 1,
        likes: 1,
        updatedAt: null,
        gated: repo === "owner/gated",
      })),
    "hub.listing": () => listing,
  });
  const store = createHubStore(openDoor(fake.bridge));
  await store.getState().search("qwen");
  expect(store.getState().found).toMatchObject({ kind: "repos", repos: { state: "ready" } });
  expect(fake.named("hub.listing").map((input) => (input as { repo: string }).repo)).toEqual([
    "owner/name",
    ...Array.from({ length: 6 }, (_, index) => `owner/n${index}`),
  ]);
  await store.getState().search("hf:owner/name:Q4_K_M");
  expect(store.getState().found).toEqual({ kind: "repo", repo: "owner/name", revision: "main", path: file.path });
  expect(store.getState().listings["owner/name"]).toEqual({ state: "ready", value: listing });
});

test("a repository that was read is not requested again; one that failed is", async () => {
  const fake = fakeBridge({
    "hub.listing": () => {
      throw new WorkbenchError("hub-gated");
    },
  });
  const store = createHubStore(openDoor(fake.bridge));
  await store.getState().openRepo("owner/name");
  expect(store.getState().listings["owner/name"]).toMatchObject({ state: "failed", problem: { code: "hub-gated" } });
  fake.answers["hub.listing"] = () => listing;
  await store.getState().openRepo("owner/name");
  await store.getState().openRepo("owner/name");
  expect(fake.named("hub.listing")).toHaveLength(2);
});

test("after a change of the hub's address, the old hub's responses are forgotten", async () => {
  const fake = fakeBridge({ "hub.listing": () => listing });
  const store = createHubStore(openDoor(fake.bridge));
  await vi.waitFor(() => expect(store.getState().access).not.toBeNull());
  await store.getState().openRepo("owner/name");
  fake.emit("settings.changed", { ...settings, theme: "dark" });
  await new Promise(setImmediate);
  expect(Object.keys(store.getState().listings)).toHaveLength(1);
  fake.answers["hub.access"] = () => ({
    endpoint: "https://mirror.example",
    endpointFrom: "settings",
    tokenFrom: "none",
    canKeepToken: true,
  });
  fake.emit("settings.changed", { ...settings, hubEndpoint: "https://mirror.example" });
  await vi.waitFor(() => expect(store.getState().listings).toEqual({}));
});

test("the hub is asked for the catalogue's sizes only on request, once per repository", async () => {
  const variant = { file } as never;
  const model = { variants: [variant, variant] } as never;
  const fake = fakeBridge({
    "catalog.get": () => ({ models: [model, model], recommended: null, memoryBytes: 1, usableBytes: 1 }),
    "hub.listing": () => listing,
  });
  const store = createCatalogStore(openDoor(fake.bridge));
  await store.getState().refresh();
  expect(fake.named("hub.listing")).toEqual([]);
  await store.getState().askHub();
  expect(fake.named("hub.listing")).toEqual([{ repo: "owner/name" }]);
  expect(fake.named("catalog.get")).toHaveLength(2);
  expect(store.getState().asking).toBe(false);
});

test("once the app is online again, no store tells any more that Offline is on; other problems stay", async () => {
  const refuse = (): never => {
    throw new WorkbenchError("offline");
  };
  const fake = fakeBridge({
    "downloads.start": refuse,
    "hub.read": ({ text }) => (text === "qwen" ? { kind: "words", words: text } : { kind: "file", file }),
    "hub.search": refuse,
    "hub.listing": refuse,
    "catalog.get": () => ({
      models: [{ variants: [{ file }] } as never],
      recommended: null,
      memoryBytes: 1,
      usableBytes: 1,
    }),
  });
  const door = openDoor(fake.bridge);
  const [downloads, hub, catalog] = [createDownloadsStore(door), createHubStore(door), createCatalogStore(door)];
  const online = { isOffline: false, isForced: false };
  await downloads.getState().start(file);
  await catalog.getState().refresh();
  await catalog.getState().askHub();
  await hub.getState().openRepo("owner/other");
  await hub.getState().search("qwen");
  expect([downloads.getState().problem?.code, catalog.getState().problem?.code]).toEqual(["offline", "offline"]);
  fake.emit("network.changed", { ...online, isOffline: true });
  expect([downloads.getState().problem?.code, catalog.getState().problem?.code]).toEqual(["offline", "offline"]);
  expect(hub.getState().found).toMatchObject({ kind: "repos", repos: { state: "failed" } });
  fake.emit("network.changed", online);
  expect([downloads.getState().problem, catalog.getState().problem]).toEqual([null, null]);
  expect(hub.getState()).toMatchObject({ found: null, listings: {} });

  await hub.getState().search("hf:owner/name:Q4_K_M");
  expect(hub.getState().listings["owner/name"]).toMatchObject({ state: "failed" });
  fake.emit("network.changed", online);
  expect(hub.getState()).toMatchObject({ found: null, listings: {} });

  fake.answers["hub.listing"] = () => {
    throw new WorkbenchError("hub-gated");
  };
  await hub.getState().search("hf:owner/name:Q4_K_M");
  fake.emit("network.changed", online);
  expect(hub.getState()).toMatchObject({ found: { kind: "repo" }, listings: { "owner/name": { state: "failed" } } });
});

test("dropped files are opened in turn; one without a path is named, and does not block the others", async () => {
  const fake = fakeBridge();
  fake.importing.answer = (name) => {
    if (!name.endsWith(".gguf")) throw new WorkbenchError("model-file-missing");
  };
  const store = createModelsStore(openDoor(fake.bridge));
  const drop = (...names: string[]) => store.getState().openDropped(names.map((name) => new File([], name)));
  await drop("a.gguf", "b.txt", "c.gguf");
  expect(fake.importing.asked).toEqual(["a.gguf", "b.txt", "c.gguf"]);
  expect(store.getState().problem).toMatchObject({ code: "model-file-missing", file: "b.txt" });
  await drop("f.gguf");
  expect(store.getState().problem).toBeNull();
  // Main has only been told of them.
  expect(fake.named("models.use")).toEqual([]);
  expect(fake.named("models.addOpened")).toEqual([]);
});
