// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Catalog, CatalogModel } from "../../../electron/contract/catalog.ts";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { FileModel } from "../../../electron/contract/models.ts";
import { begun, chat, nano, settings } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";
import { sampleDownload } from "./sampleDownload.ts";
import { sampleFamily } from "./sampleFamily.ts";

const need = { contextSize: 16_384, weightsBytes: 1.1e9, keyValueBytes: 0.5e9, computeBytes: 0.3e9, totalBytes: 1.9e9 };
const family = (name: string, installedModelId: string | null = null): CatalogModel =>
  sampleFamily(
    name,
    {},
    { sizeBytes: 1.12e9, installedModelId, need: { ...need, copyBytes: 0, largestBufferBytes: 1e9 } },
  );
const catalogWith = (recommended: string | null, ...models: CatalogModel[]): Catalog => ({
  models,
  recommended: recommended === null ? null : { variantId: `${recommended}-q4_k_m`, reason: { code: "largest" } },
  memoryBytes: 16e9,
  usableBytes: 14e9,
});
const real: FileModel = { ...nano, id: "real", name: "Real", builtIn: false, owner: "downloads", verified: true };
const download = (path: string, status: DownloadStatus): Download =>
  sampleDownload(status, {
    name: path,
    file: { repo: "owner/GGUF", revision: "main", path: `${path}-Q4_K_M.gguf` },
    sizeBytes: 1.12e9,
    receivedBytes: 0.28e9,
  });

const open = (answers: Parameters<typeof openApp>[1]) =>
  openApp("#/chat", {
    "chats.create": () => chat("c9"),
    "chats.send": () => begun("r1", "u1"),
    "settings.change": () => settings,
    ...answers,
  });
const card = async () => within(await screen.findByRole("region", { name: "Recommended model" }));

test("the recommended model is offered with its size, memory and speed, and the estimate of its speed is asked for", async () => {
  const fake = open({
    "catalog.get": () => catalogWith("Two", family("One"), family("Two")),
    "downloads.start": () => download("Two", { state: "starting" }),
  });
  const offered = await card();
  expect(await offered.findByText("Two")).toBeTruthy();
  for (const words of ["The largest that fits", "1.12 GB", "Balanced, Q4_K_M", "1.90 of 14.00 GB", "not estimated yet"])
    expect(offered.getByText(words)).toBeTruthy();
  expect(fake.named("fit.estimateWhenIdle")).toEqual([{}]);
  fireEvent.click(offered.getByRole("button", { name: "Download" }));
  await waitFor(() => expect(fake.named("downloads.start")).toHaveLength(1));
});

test("a download that cannot be started says why in the card, which still offers it", async () => {
  open({
    "catalog.get": () => catalogWith("One", family("One")),
    "downloads.start": () => Promise.reject(new WorkbenchError("download-name-refused")),
  });
  fireEvent.click(await (await card()).findByRole("button", { name: "Download" }));
  expect(await (await card()).findByRole("alert")).toBeTruthy();
  expect((await card()).getByRole("button", { name: "Download" })).toBeTruthy();
});

test("the model that is being downloaded stays in the card when another one is recommended meanwhile", async () => {
  const fake = open({ "catalog.get": () => catalogWith("One", family("One"), family("Two")) });
  await (await card()).findByText("One");
  act(() => fake.emit("downloads.changed", [download("One", { state: "running", quietSeconds: 0 })]));
  fake.answers["catalog.get"] = () => catalogWith("Two", family("One"), family("Two"));
  act(() => fake.emit("models.changed", {}));
  await waitFor(async () => expect((await card()).queryByText("Recommended here")).toBeNull());
  expect((await card()).getByText("One")).toBeTruthy();
  expect((await card()).getByRole("progressbar")).toBeTruthy();
  expect((await card()).getByText("0.28 of 1.12 GB")).toBeTruthy();
});

test("a download that has just ended is not offered again while the list of models is read", async () => {
  const fake = open({ "catalog.get": () => catalogWith("One", family("One")) });
  await (await card()).findByText("One");
  const arrived: FileModel = { ...real, source: { kind: "file", path: "/models/One.gguf" } };
  const done = { state: "done", path: arrived.source.path, sha256: "", verified: true } as const;
  act(() => fake.emit("downloads.changed", [download("One", done)]));
  expect((await card()).getByText("Downloaded, checksum verified.")).toBeTruthy();
  expect((await card()).queryByRole("button", { name: "Download" })).toBeNull();
  fake.answers["models.list"] = () => [nano, arrived];
  act(() => fake.emit("models.changed", {}));
  expect(await (await card()).findByRole("button", { name: "Use" })).toBeTruthy();
});

test("a model that is here is offered for use; a question then uses it, and the card is gone once it is the default", async () => {
  const fake = open({
    "catalog.get": () => catalogWith("Two", family("One", "real"), family("Two")),
    "models.list": () => [nano, real],
  });
  expect(await screen.findByText("Ready for real work")).toBeTruthy();
  expect((await card()).getByText("Downloaded, checksum verified.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Write a web page with a metronome" }));
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "real" }]));
  await waitFor(() =>
    expect(fake.named("chats.send")).toMatchObject([{ chatId: "c9", text: "Write a web page with a metronome" }]),
  );
});

test("with a real model as the default there is no card, and the questions are for that model", async () => {
  open({
    "catalog.get": () => catalogWith("Two", family("One", "real"), family("Two")),
    "models.list": () => [nano, real],
    "settings.get": () => ({ ...settings, defaultModelId: "real" }),
  });
  expect(await screen.findByText("Real answers here, on this machine.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Prove that there are infinitely many primes" })).toBeTruthy();
  expect(screen.queryByRole("region", { name: "Recommended model" })).toBeNull();
});

test("where no model fits, the card says so and still leads to other models and files", async () => {
  open({ "catalog.get": () => catalogWith(null) });
  expect(await (await card()).findByText(/None of them fits into this machine’s 16.00 GB/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Browse all…" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "Open a GGUF file…" })).toBeTruthy();
});

test("with a model of the user's own on this machine, that one is offered for use instead of a download", async () => {
  const older = { ...real, id: "older", name: "Older", owner: "linked" as const, lastUsedAt: 1 };
  const own = { ...real, id: "own", name: "Own", owner: "lm-studio" as const, lastUsedAt: null };
  const broken = { ...own, id: "broken", name: "Broken", problems: [{ code: "model-truncated" as const }] };
  const fake = open({
    "catalog.get": () => catalogWith("Two", family("Two")),
    "models.list": () => [nano, broken, own, older],
  });
  expect(await screen.findByText("Ready for real work")).toBeTruthy();
  expect((await card()).getByText("Older")).toBeTruthy();
  expect((await card()).queryByRole("button", { name: "Download" })).toBeNull();
  // What is in memory comes before what was used last.
  const facts = { loadMs: 1 } as never;
  act(() =>
    fake.emit("models.loadedChanged", {
      state: "ready",
      modelId: "own",
      name: "Own",
      facts,
      need: { ...need, copyBytes: 0, largestBufferBytes: 1 },
    }),
  );
  expect((await card()).getByText("Own")).toBeTruthy();
  expect((await card()).getByText("LM Studio’s file")).toBeTruthy();
  fireEvent.click((await card()).getByRole("button", { name: "Use" }));
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "own" }]));
});
