// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Catalog, CatalogModel, CatalogVariant } from "../../../electron/contract/catalog.ts";
import type { Download, DownloadStatus } from "../../../electron/contract/downloads.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { Fit } from "../../../electron/contract/fit.ts";
import { App } from "../../../renderer/app/App.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge, nano, settings } from "./fakeBridge.ts";

// When loaded, KaTeX checks for a page in standards mode, which the real page is.
vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(() => import("../../../renderer/features/models/ModelsScreen.tsx"));

beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("cancelIdleCallback", clearTimeout);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const file = { repo: "owner/seven-GGUF", revision: "main", path: "seven-Q4_K_M.gguf" };
const need = {
  contextSize: 16_384,
  weightsBytes: 4.7e9,
  keyValueBytes: 0.9e9,
  computeBytes: 0.3e9,
  totalBytes: 5.9e9,
  largestBufferBytes: 3e9,
};
const variant: CatalogVariant = {
  id: "seven-q4_k_m",
  size: "balanced",
  quantization: "Q4_K_M",
  file,
  parts: 1,
  sizeBytes: 4.68e9,
  sizeFrom: "shape",
  need,
  verdict: "fits",
  limitedBy: null,
  speed: null,
  installedModelId: null,
};
const seven: CatalogModel = {
  id: "seven",
  name: "R1-Distill-Seven",
  goodFor: "laptop",
  parameters: 7.6e9,
  activeParameters: 7.1e9,
  contextLength: 131_072,
  licence: "MIT",
  llamaVersion: "3.1",
  shape: {} as never,
  variants: [variant],
  otherRepos: [],
};
const other: CatalogModel = {
  ...seven,
  id: "one",
  name: "R1-Distill-One",
  variants: [{ ...variant, id: "one-q4_k_m", file: { ...file, path: "one.gguf" } }],
};
const catalog: Catalog = {
  models: [other, seven],
  recommended: { variantId: variant.id, reason: { code: "likelyQuickOn", facts: { count: 1 } } },
  memoryBytes: 16e9,
  usableBytes: 14e9,
};
const downloaded = {
  ...nano,
  id: "own",
  name: "Own",
  source: { kind: "file" as const, path: "/models/own.gguf" },
  sizeBytes: 4.68e9,
  builtIn: false,
  owner: "downloads" as const,
};

const download = (status: DownloadStatus, more: Partial<Download> = {}): Download => ({
  id: "d1",
  name: "seven-Q4_K_M",
  file,
  commit: null,
  parts: 1,
  sizeBytes: 4.68e9,
  receivedBytes: 1.17e9,
  bytesPerSecond: 23.1e6,
  secondsLeft: 152,
  restarted: null,
  status,
  ...more,
});

async function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  window.location.hash = "#/models";
  const fake = fakeBridge({
    "catalog.get": () => catalog,
    "settings.change": () => settings,
    "downloads.start": () => download({ state: "starting" }),
    ...answers,
  });
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <App />
    </StoresContext>,
  );
  await screen.findByRole("row", { name: "R1-Distill-Seven" });
  return fake;
}
const row = (name: string) => within(screen.getByRole("row", { name }));
const tell = (fake: Awaited<ReturnType<typeof open>>, ...list: Download[]) =>
  act(() => fake.emit("downloads.changed", list));

test("the recommended model is first in the family, with the reason, and one click away", async () => {
  const fake = await open();
  const family = within(screen.getByRole("region", { name: "The R1 family" }));
  const [, first] = family.getAllByRole("row");
  expect(first?.getAttribute("aria-label")).toBe("R1-Distill-Seven");
  expect(first?.textContent).toContain("Likely fast enough on 1 core");
  expect(first?.textContent).toContain("Mathematics and short programs on a laptop.");
  expect(first?.textContent).toContain("The weights are under the MIT License. Llama 3.1, the base model,");
  expect(fake.named("hub.listing")).toEqual([]);
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Download" }));
  await waitFor(() => expect(fake.named("downloads.start")).toEqual([{ file, acceptUnverified: false }]));
});

test("a download replaces its row's actions with its progress; a stall, a wait and a failure are each shown", async () => {
  const fake = await open();
  tell(fake, download({ state: "running", quietSeconds: 0 }));
  const progress = row("R1-Distill-Seven").getByRole<HTMLProgressElement>("progressbar");
  expect(progress.value).toBe(25);
  expect(screen.getByText("1.17 GB of 4.68 GB · 23.1 MB/s · 3 min left")).toBeTruthy();
  tell(fake, download({ state: "running", quietSeconds: 12 }));
  expect(screen.getByText("No data for 12 s, retrying")).toBeTruthy();
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Pause" }));
  await waitFor(() => expect(fake.named("downloads.pause")).toEqual([{ downloadId: "d1" }]));
  tell(fake, download({ state: "paused", reason: "left-over", problem: null }));
  expect(row("R1-Distill-Seven").getByRole("button", { name: "Delete" })).toBeTruthy();
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Finish" }));
  await waitFor(() => expect(fake.named("downloads.resume")).toEqual([{ downloadId: "d1" }]));
  tell(fake, download({ state: "failed", problem: { code: "download-mismatch" } }));
  expect(row("R1-Distill-Seven").getByRole("alert").textContent).toContain("kept but not used");
});

test("a file without a stated hash is downloaded only if the user agrees", async () => {
  const fake = await open();
  tell(fake, download({ state: "failed", problem: { code: "download-unverifiable" } }));
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Download unverified" }));
  await waitFor(() => expect(fake.named("downloads.start")).toEqual([{ file, acceptUnverified: true }]));
});

test("waiting downloads can be reordered", async () => {
  const fake = await open();
  const waiting = (id: string, position: number, path: string) =>
    download({ state: "queued", position }, { id, name: id, file: { ...file, path } });
  tell(fake, waiting("first", 1, "a.gguf"), waiting("second", 2, "b.gguf"));
  expect(row("first").queryByRole("button", { name: "Sooner" })).toBeNull();
  fireEvent.click(row("second").getByRole("button", { name: "Sooner" }));
  await waitFor(() => expect(fake.named("downloads.move")).toEqual([{ downloadId: "second", position: 1 }]));
});

test("a downloaded model offers Use now and changes nothing without a click", async () => {
  const fake = await open({ "models.list": () => [nano, downloaded] });
  const done = { state: "done", path: downloaded.source.path, sha256: "0", verified: true } as const;
  tell(fake, download(done, { file: { ...file, path: "own.gguf" } }));
  expect(fake.named("models.use")).toEqual([]);
  fireEvent.click(row("Own").getByRole("button", { name: "Use now" }));
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "own" }]));
});

test("a file imported by hand becomes the model for new chats; a refused one changes nothing", async () => {
  const fake = await open({
    "models.list": () => [nano, downloaded],
    "shell.importModel": () => downloaded,
  });
  expect(row("R1 Nano").getByText("for new chats")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "own" }]));
  act(() => fake.emit("settings.changed", { ...settings, defaultModelId: "own" }));
  expect(row("Own").getByText("for new chats")).toBeTruthy();
  expect(row("R1 Nano").queryByText("for new chats")).toBeNull();
  fake.answers["shell.importModel"] = () => {
    throw new WorkbenchError("model-truncated");
  };
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
  await screen.findByRole("alert");
  expect(fake.named("models.use")).toHaveLength(1);
});

test("a single dropped file becomes the model for new chats; of several, none does", async () => {
  const fake = await open();
  fake.importing.answer = () => downloaded;
  const drop = (...names: string[]) => {
    const files = names.map((name) => new File([], name));
    fireEvent(window, Object.assign(new Event("drop"), { dataTransfer: { files } }));
  };
  drop("a.gguf", "b.gguf");
  await waitFor(() => expect(fake.importing.asked).toEqual(["a.gguf", "b.gguf"]));
  await waitFor(() => expect(screen.queryByText("Reading the file…")).toBeNull());
  drop("c.gguf");
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "own" }]));
});

test("deleting shows the size and asks first; the app's own model cannot be deleted", async () => {
  const fake = await open({ "models.list": () => [nano, downloaded] });
  expect(row("R1 Nano").queryByRole("button", { name: "Delete" })).toBeNull();
  fireEvent.click(row("Own").getByRole("button", { name: "Delete" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/4\.68 GB will be moved to the system/)).toBeTruthy();
  expect(fake.named("models.delete")).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(fake.named("models.delete")).toEqual([{ modelId: "own" }]));
});

test("other apps' models are offered by app, and adopted in place", async () => {
  const held = (name: string) => ({ owner: "lm-studio" as const, path: `/lm/${name}`, name, sizeBytes: 2e9 });
  const fake = await open({ "models.foreign": () => [held("a.gguf"), held("b.gguf")] });
  const apps = within(await screen.findByRole("region", { name: "In other apps" }));
  expect(apps.getByText("4.00 GB")).toBeTruthy();
  fireEvent.click(apps.getByRole("button", { name: "Use them here" }));
  await waitFor(() => expect(fake.named("models.adopt")).toEqual([{ paths: ["/lm/a.gguf", "/lm/b.gguf"] }]));
});

test("settings of one model: a wrong number is not saved, a right one is", async () => {
  const allOpen = {
    contextSize: null,
    temperature: null,
    topP: null,
    topK: null,
    minP: null,
    thinking: null,
    threads: null,
    batchSize: null,
    gpuLayers: null,
    flashAttention: null,
    kvCacheType: null,
    memoryMapped: null,
  };
  const fake = await open({
    "models.choices": () => allOpen,
    "models.setChoices": ({ choices }) => ({ ...allOpen, temperature: choices.temperature ?? null }),
  });
  fireEvent.click(screen.getByRole("button", { name: "Settings of R1 Nano" }));
  const field = await screen.findByLabelText("Temperature");
  fireEvent.change(field, { target: { value: "3" } });
  fireEvent.blur(field);
  expect(fake.named("models.setChoices")).toEqual([]);
  expect(screen.getByText("Enter a number from 0 to 2, or leave it empty.")).toBeTruthy();
  fireEvent.change(field, { target: { value: "0.3" } });
  fireEvent.blur(field);
  await waitFor(() =>
    expect(fake.named("models.setChoices")).toEqual([
      { modelId: "r1-nano", choices: { ...allOpen, temperature: 0.3 } },
    ]),
  );
});

const predicted = {
  generation: { value: 23.6, low: 19.8, high: 28.1 },
  reading: { value: 121.4, low: 100, high: 147 },
};

test("a catalogue model's row shows its predicted speed with the range; a part without room is named", async () => {
  const tight = { ...variant, verdict: "tight" as const, limitedBy: "kv-cache" as const, speed: predicted };
  await open({ "catalog.get": () => ({ ...catalog, models: [{ ...seven, variants: [tight] }] }) });
  expect(row("R1-Distill-Seven").getByText(/about 24 tok\/s/)).toBeTruthy();
  expect(row("R1-Distill-Seven").getByText("20 to 28 tok/s")).toBeTruthy();
  expect(row("R1-Distill-Seven").getByText(/tight: context/)).toBeTruthy();
});

test("a model on this machine shows its measured speed, or else the predicted one", async () => {
  const used = { ...downloaded, id: "used", name: "Used", measuredTokensPerSecond: 17.3 };
  const fit = { verdict: "fits", limitedBy: null, need, usableBytes: 14e9, speed: predicted } as Fit;
  await open({ "models.list": () => [downloaded, used], "fit.list": ({ subjects }) => subjects.map(() => fit) });
  expect(await row("Own").findByText(/about 24 tok\/s/)).toBeTruthy();
  expect(row("Used").getByText("17.3 tok/s")).toBeTruthy();
  expect(row("Used").getByText("measured")).toBeTruthy();
  expect(row("Used").queryByText(/about/)).toBeNull();
});

test("the user starts the measurement, sees its progress, and can stop it", async () => {
  const fake = await open({
    "fit.trials": () => ({ state: "none" }),
    "fit.measure": () => new Promise(() => undefined),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Estimate speed" }));
  expect(fake.named("fit.measure")).toEqual([{ again: true }]);
  const measuring = { state: "measuring", step: { code: "generate", facts: { type: "Q4_K" } } } as const;
  act(() => fake.emit("fit.changed", { ...measuring, device: "gpu", fraction: 0.25, secondsLeft: 38 }));
  expect(screen.getByRole("progressbar", { name: "Measuring this machine" }).getAttribute("value")).toBe("25");
  expect(screen.getByText(/at most 38 s left/)).toBeTruthy();
  expect(screen.getByText("Now on the graphics card: writing with Q4_K weights")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Stop measuring" }));
  expect(fake.named("fit.cancelMeasuring")).toHaveLength(1);
  const asked = fake.named("catalog.get").length;
  act(() => fake.emit("fit.changed", { state: "ready", measuredAt: 1, noisy: true, estimated: false, stale: true }));
  expect(await screen.findByText(/that other programs disturbed/)).toBeTruthy();
  act(() => fake.emit("fit.changed", { state: "ready", measuredAt: 1, noisy: false, estimated: true, stale: true }));
  expect(await screen.findByText(/so their ranges are wide/)).toBeTruthy();
  await waitFor(() => expect(fake.named("catalog.get").length).toBeGreaterThan(asked));
});

test("if this machine could not be measured, the reason is shown", async () => {
  await open({
    "fit.trials": () => ({ state: "none" }),
    "fit.measure": () => Promise.reject(new WorkbenchError("engine-busy")),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Estimate speed" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The engine is busy with another reply.");
});
