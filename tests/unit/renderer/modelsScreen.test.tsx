// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, test, vi } from "vitest";
import type { Catalog, CatalogModel, CatalogVariant } from "../../../electron/contract/catalog.ts";
import type { Download } from "../../../electron/contract/downloads.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { Fit } from "../../../electron/contract/fit.ts";
import type { FolderState } from "../../../electron/contract/folder.ts";
import { nano, settings } from "./fakeBridge.ts";
import { openApp } from "./openApp.tsx";
import { sampleDownload as download } from "./sampleDownload.ts";
import { sampleFamily } from "./sampleFamily.ts";

// Loaded in advance, because on a busy machine that may take longer than a test waits.
beforeAll(() => import("../../../renderer/features/models/ModelsScreen.tsx"));

const file = { repo: "owner/GGUF", revision: "main", path: "seven-Q4_K_M.gguf" };
const seven = sampleFamily("seven", { name: "R1-Distill-Seven" });
const [variant] = seven.variants as [CatalogVariant];
const other = sampleFamily("one", { name: "R1-Distill-One" });
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

async function open(answers: Parameters<typeof openApp>[1] = {}, installed = "R1 Nano") {
  const fake = openApp("#/models", {
    "catalog.get": () => catalog,
    "settings.change": () => settings,
    "downloads.start": () => download({ state: "starting" }),
    ...answers,
  });
  await screen.findByRole("row", { name: "R1-Distill-Seven" });
  await screen.findByRole("row", { name: installed });
  return fake;
}
const row = (name: string) => within(screen.getByRole("row", { name }));
/** Opens the menu at the end of a row and chooses from it. */
const choose = async (name: string, command: string): Promise<void> => {
  const button = row(name).getByRole("button", { name: `More about ${name}` });
  fireEvent.click(button);
  fireEvent.click(await screen.findByRole("menuitem", { name: command }));
};
const tell = (fake: Awaited<ReturnType<typeof open>>, ...list: Download[]) =>
  act(() => fake.emit("downloads.changed", list));

test("the recommended model is first in the family, with the reason, and its button is the only primary one", async () => {
  const fake = await open();
  const family = within(screen.getByRole("region", { name: "R1 family" }));
  const [, first] = family.getAllByRole("row");
  expect(first?.getAttribute("aria-label")).toBe("R1-Distill-Seven");
  expect(within(first as HTMLElement).getByTitle("Likely fast enough on 1 core").textContent).toBe("Recommended here");
  expect(first?.textContent).toContain("Mathematics and short programs\u00A0· 7.6B\u00A0· MIT");
  expect([...document.querySelectorAll(".button.primary")].map(({ textContent }) => textContent)).toEqual(["Download"]);
  expect(fake.named("hub.listing")).toEqual([]);
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Download" }));
  await waitFor(() => expect(fake.named("downloads.start")).toEqual([{ file, acceptUnverified: false }]));
});

test("what Llama's licence asks is asked once, before the first download of a model based on it", async () => {
  const llama = { ...seven, llamaVersion: "3.1" };
  const fake = await open({ "catalog.get": () => ({ ...catalog, models: [llama] }) });
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Download" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/The weights are under the MIT License. Llama 3.1, the base model, adds/)).toBeTruthy();
  expect(fake.named("downloads.start")).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Accept and download" }));
  await waitFor(() => expect(fake.named("downloads.start")).toHaveLength(1));
  expect(fake.named("settings.change")).toEqual([{ acceptedLicences: ["llama3.1"] }]);
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  act(() => fake.emit("settings.changed", { ...settings, acceptedLicences: ["llama3.1"] }));
  tell(fake);
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Download" }));
  await waitFor(() => expect(fake.named("downloads.start")).toHaveLength(2));
});

test("models that do not fit are folded into one line; what is missing is said instead of a dash alone", async () => {
  const large = { ...variant, id: "big", verdict: "no" as const, limitedBy: "weights" as const };
  const need = { ...variant.need, totalBytes: 30e9 };
  const big: CatalogModel = { ...seven, id: "big", name: "R1-Big", variants: [{ ...large, need }] };
  await open({ "catalog.get": () => ({ ...catalog, models: [seven, big] }) });
  expect(screen.queryByRole("row", { name: "R1-Big" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "1 does not fit this machine: R1-Big" }));
  expect(row("R1-Big").getAllByText("16 GB short")).toHaveLength(2);
  expect(row("R1-Big").getByText("does not fit")).toBeTruthy();
});

test("the sizes of a model are a menu; all files of its repository are listed on demand", async () => {
  const q8: CatalogVariant = { ...variant, id: "seven-q8_0", size: "large", quantization: "Q8_0", sizeBytes: 8.1e9 };
  const listed = (path: string) => ({
    file: { ...file, path },
    name: path.replace(".gguf", ""),
    quantization: null,
    parts: 1,
    sizeBytes: 1e9,
    verifiable: true,
    complete: true,
  });
  const fake = await open({
    "catalog.get": () => ({ ...catalog, models: [{ ...seven, variants: [variant, q8] }] }),
    "hub.read": () => ({ kind: "repo", repo: file.repo, revision: "main" }),
    "hub.listing": () => ({
      repo: file.repo,
      commit: null,
      licence: "mit",
      gated: false,
      models: [listed("one.gguf"), listed("two.gguf")],
    }),
  });
  const menu = () => row("R1-Distill-Seven").getByRole("button", { name: /^Size of R1-Distill-Seven/ });
  fireEvent.click(menu());
  fireEvent.click(await screen.findByRole("menuitemradio", { name: /^Full.*8.10 GB Q8_0/ }));
  await waitFor(() => expect(menu().textContent).toContain("8.10 GB"));
  // Until it is gone, its button closes it again.
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  // The recommended size is another one now, so no button is the one to press.
  expect(document.querySelector(".button.primary")).toBeNull();
  fireEvent.click(menu());
  const wasThere: boolean[] = [];
  const scrolled = vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(() => {
    wasThere.push(screen.queryByRole("row", { name: "two" }) !== null);
  });
  fireEvent.click(await screen.findByRole("menuitem", { name: "All files…" }));
  await screen.findByRole("row", { name: "two" });
  // What was found lies below the window, and is scrolled to once it is there.
  expect(wasThere).toContain(true);
  scrolled.mockRestore();
  expect(fake.named("hub.read")).toEqual([{ text: `hf:${file.repo}` }]);
  fireEvent.click(row("two").getByRole("button", { name: "Download" }));
  await waitFor(() =>
    expect(fake.named("downloads.start")).toEqual([{ file: { ...file, path: "two.gguf" }, acceptUnverified: false }]),
  );
});

test("rows are filtered by all words, and sorted by a column one way, the other way, and not at all", async () => {
  const small: CatalogVariant = { ...variant, id: "one-q4_k_m", sizeBytes: 1e9, file: { ...file, path: "one.gguf" } };
  await open({ "catalog.get": () => ({ ...catalog, models: [seven, { ...other, variants: [small] }] }) });
  const family = () =>
    within(screen.getByRole("region", { name: "R1 family" }))
      .getAllByRole("row")
      .slice(1)
      .map((each) => each.getAttribute("aria-label"));
  const sort = screen.getByRole("button", { name: "Size" });
  expect(family()).toEqual(["R1-Distill-Seven", "R1-Distill-One"]);
  fireEvent.click(sort);
  expect([family(), sort.getAttribute("aria-pressed")]).toEqual([["R1-Distill-One", "R1-Distill-Seven"], "true"]);
  fireEvent.click(sort);
  expect(family()).toEqual(["R1-Distill-Seven", "R1-Distill-One"]);
  fireEvent.click(sort);
  expect(sort.getAttribute("aria-pressed")).toBe("false");
  fireEvent.change(screen.getByRole("textbox", { name: "Filter models" }), { target: { value: "distill ONE" } });
  expect(family()).toEqual(["R1-Distill-One"]);
  expect(screen.queryByRole("row", { name: "R1 Nano" })).toBeNull();
});

test("a download takes the place of its row's figures; a stall, a wait and a failure are each shown", async () => {
  const fake = await open();
  tell(fake, download({ state: "running", quietSeconds: 0 }));
  const progress = row("R1-Distill-Seven").getByRole<HTMLProgressElement>("progressbar");
  expect(progress.value).toBe(25);
  for (const words of ["1.17 of 4.68 GB", "23.1 MB/s", "3 min left", "25 %"])
    expect(row("R1-Distill-Seven").getByText(words)).toBeTruthy();
  tell(fake, download({ state: "running", quietSeconds: 12 }));
  expect(row("R1-Distill-Seven").getByText("No data for 12 s, retrying")).toBeTruthy();
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Pause" }));
  await waitFor(() => expect(fake.named("downloads.pause")).toEqual([{ downloadId: "d1" }]));
  tell(fake, download({ state: "paused", reason: "left-over", problem: null }));
  expect(row("R1-Distill-Seven").getByText("Not finished")).toBeTruthy();
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Resume" }));
  await waitFor(() => expect(fake.named("downloads.resume")).toEqual([{ downloadId: "d1" }]));
});

test("a download that waits for Offline can only be cancelled: it resumes by itself", async () => {
  const fake = await open();
  tell(fake, download({ state: "paused", reason: "offline", problem: null }));
  const waits = row("R1-Distill-Seven");
  expect(waits.getByText("Waiting: Offline is on")).toBeTruthy();
  expect(waits.getByRole("button", { name: "Cancel" })).toBeTruthy();
  for (const name of ["Pause", "Resume"]) expect(waits.queryByRole("button", { name })).toBeNull();
});

test("a wrong checksum is one line with its details folded; Repair continues the download, and it can be deleted", async () => {
  const fake = await open();
  tell(fake, download({ state: "failed", problem: { code: "download-mismatch", detail: "Found 91ab." } }));
  expect(row("R1-Distill-Seven").getByRole("alert").textContent).toBe("Checksum differs. Kept, not used.");
  expect(screen.queryByText(/Found 91ab/)).toBeNull();
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Details" }));
  expect(screen.getByText(/Found 91ab/)).toBeTruthy();
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Repair" }));
  await waitFor(() => expect(fake.named("downloads.resume")).toEqual([{ downloadId: "d1" }]));
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "More about seven-Q4_K_M" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Delete what was downloaded" }));
  await waitFor(() => expect(fake.named("downloads.cancel")).toEqual([{ downloadId: "d1" }]));
});

test("the keyboard's place is kept when a download begins, is paused and ends", async () => {
  const fake = await open();
  row("R1-Distill-Seven").getByRole("button", { name: "Download" }).focus();
  tell(fake, download({ state: "running", quietSeconds: 0 }));
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Pause");
  tell(fake, download({ state: "paused", reason: "user", problem: null }));
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Resume");
  tell(fake);
  expect(document.activeElement?.textContent).toBe("Download");
});

test("the second click of a double click does not undo Pause or Resume, in the row and in the sidebar", async () => {
  const fake = await open();
  const places = [row("R1-Distill-Seven"), within(screen.getByRole("complementary"))];
  tell(fake, download({ state: "paused", reason: "user", problem: null }));
  for (const place of places) fireEvent.click(place.getByRole("button", { name: "Resume" }), { detail: 2 });
  tell(fake, download({ state: "running", quietSeconds: 0 }));
  for (const place of places) fireEvent.click(place.getByRole("button", { name: "Pause" }), { detail: 2 });
  expect(fake.named("downloads.resume")).toEqual([]);
  expect(fake.named("downloads.pause")).toEqual([]);
  for (const detail of [0, 1]) {
    for (const place of places) fireEvent.click(place.getByRole("button", { name: "Pause" }), { detail });
  }
  await waitFor(() => expect(fake.named("downloads.pause")).toHaveLength(4));
});

test("cancelling asks first if much was received, and not if little was", async () => {
  const fake = await open();
  tell(fake, download({ state: "running", quietSeconds: 0 }, { receivedBytes: 1e6 }));
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(fake.named("downloads.cancel")).toHaveLength(1));
  tell(fake, download({ state: "running", quietSeconds: 0 }));
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Cancel" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(dialog.getByText(/1\.17 GB that were downloaded will be deleted/)).toBeTruthy();
  expect(fake.named("downloads.cancel")).toHaveLength(1);
  fireEvent.click(dialog.getByRole("button", { name: "Delete and cancel" }));
  await waitFor(() => expect(fake.named("downloads.cancel")).toHaveLength(2));
});

test("a file without a stated hash is downloaded only if the user agrees", async () => {
  const fake = await open();
  tell(fake, download({ state: "failed", problem: { code: "download-unverifiable" } }));
  fireEvent.click(row("R1-Distill-Seven").getByRole("button", { name: "Download" }));
  const dialog = within(await screen.findByRole("alertdialog"));
  expect(fake.named("downloads.start")).toEqual([]);
  fireEvent.click(dialog.getByRole("button", { name: "Download unverified" }));
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

test("a downloaded model is used only on a click, which also ends its download", async () => {
  const fake = await open({ "models.list": () => [nano, downloaded] });
  const done = { state: "done", path: downloaded.source.path, sha256: "0", verified: true } as const;
  tell(fake, download(done, { file: { ...file, path: "own.gguf" } }));
  expect(fake.named("models.use")).toEqual([]);
  fireEvent.click(row("Own").getByRole("button", { name: "Use" }));
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "own" }]));
  expect(fake.named("downloads.cancel")).toEqual([{ downloadId: "d1" }]);
});

test("a file imported by hand becomes the model for new chats; a refused one changes nothing", async () => {
  const fake = await open({
    "models.list": () => [nano, downloaded],
    "shell.importModel": () => downloaded,
  });
  expect(row("R1 Nano").getByText("Default")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
  await waitFor(() => expect(fake.named("models.use")).toEqual([{ modelId: "own" }]));
  act(() => fake.emit("settings.changed", { ...settings, defaultModelId: "own" }));
  expect(row("Own").getByText("Default")).toBeTruthy();
  expect(row("R1 Nano").queryByText("Default")).toBeNull();
  fake.answers["shell.importModel"] = () => {
    throw new WorkbenchError("model-truncated", undefined, undefined, undefined, "\u202Efugg.live.gguf");
  };
  fireEvent.click(screen.getByRole("button", { name: "Import" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("“\u202Efugg.live.gguf” was not imported. The model file");
  // Its direction ends with it.
  expect(within(alert).getByText("\u202Efugg.live.gguf").tagName).toBe("BDI");
  expect(fake.named("models.use")).toHaveLength(1);
});

test("dropped files are opened, and neither imported nor used", async () => {
  const fake = await open();
  expect(await screen.findByText("3.4 MB · 60.00 GB free")).toBeTruthy();
  const files = ["a.gguf", "b.txt"].map((name) => new File([], name));
  fireEvent(window, Object.assign(new Event("drop"), { dataTransfer: { types: ["Files"], files } }));
  await waitFor(() => expect(fake.importing.asked).toEqual(["a.gguf", "b.txt"]));
  expect(fake.named("models.addOpened")).toEqual([]);
  expect(fake.named("models.use")).toEqual([]);
});

test("deleting shows the size and asks first; the app's own model cannot be deleted", async () => {
  const fake = await open({ "models.list": () => [nano, downloaded] });
  fireEvent.click(row("R1 Nano").getByRole("button", { name: "More about R1 Nano" }));
  await screen.findByRole("menuitem", { name: "Facts" });
  expect(screen.queryByRole("menuitem", { name: "Delete" })).toBeNull();
  fireEvent.keyDown(screen.getByRole("menu"), { key: "Escape" });
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await choose("Own", "Delete");
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
    largePages: null,
  };
  const fake = await open({
    "models.choices": () => allOpen,
    "models.setChoices": ({ choices }) => ({ ...allOpen, temperature: choices.temperature ?? null }),
  });
  await choose("R1 Nano", "Settings");
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
  const need = { ...variant.need, copyBytes: 3.1e9 };
  const short = { verdict: "tight", limitedBy: "kv-cache", mapped: false } as const;
  const smallerCache = { kvCacheType: "q8_0", maxContext: 9000 } as const;
  const tight = { ...variant, ...short, need, smallerCache, speed: predicted };
  await open({ "catalog.get": () => ({ ...catalog, models: [{ ...seven, variants: [tight] }] }) });
  expect(row("R1-Distill-Seven").getByText(/about 24 tok\/s/)).toBeTruthy();
  expect(row("R1-Distill-Seven").getAllByText("20 to 28")).toHaveLength(2);
  expect(row("R1-Distill-Seven").getByText(/tight: context/)).toBeTruthy();
  const hidden = /rather than mapped, because 3\.10 GB more .* KV cache in q8_0, a context of 9,000 tokens would fit/;
  expect(row("R1-Distill-Seven").getByText(hidden)).toBeTruthy();
});

test("a model on this machine shows its measured speed, or else the predicted one", async () => {
  const lastUsedAt = new Date(2024, 8, 2).getTime();
  const used = { ...downloaded, id: "used", name: "Used", measuredTokensPerSecond: 17.3, lastUsedAt };
  const memory = { need: variant.need, usableBytes: 14e9, mapped: true, smallerCache: null, onServer: null };
  const fit = { verdict: "fits", limitedBy: null, ...memory, speed: predicted } as Fit;
  await open({ "models.list": () => [downloaded, used], "fit.list": ({ subjects }) => subjects.map(() => fit) }, "Own");
  expect(await row("Own").findByText(/about 24 tok\/s/)).toBeTruthy();
  expect(row("Used").getByText("17.3 tok/s")).toBeTruthy();
  expect(row("Used").getByText("measured 2 Sept 2024")).toBeTruthy();
  expect(row("Used").queryByText(/about/)).toBeNull();
});

const measuring = { state: "measuring", step: { code: "generate", facts: { type: "Q4_K" } } } as const;

test("the user starts the measurement, sees its progress where the figures will be, and can stop it", async () => {
  const fake = await open({
    "fit.trials": () => ({ state: "none" }),
    "fit.measure": () => new Promise(() => undefined),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Estimate speed · 1 min" }));
  expect(fake.named("fit.measure")).toEqual([{ again: true }]);
  act(() => fake.emit("fit.changed", { ...measuring, device: "gpu", fraction: 0.25, secondsLeft: 38 }));
  expect(screen.getByRole("progressbar", { name: "Measuring this machine" }).getAttribute("value")).toBe("25");
  expect(screen.getByText(/at most 38 s left/)).toBeTruthy();
  expect(screen.getByTitle("Now on the graphics card: writing with Q4_K weights")).toBeTruthy();
  expect(row("R1-Distill-Seven").getAllByText("estimating, 38 s")).toHaveLength(2);
  fireEvent.click(screen.getByRole("button", { name: "Stop measuring" }));
  expect(fake.named("fit.cancelMeasuring")).toHaveLength(1);
  const asked = fake.named("catalog.get").length;
  const ready = { state: "ready", measuredAt: 1, noisy: false, estimated: false, stale: false } as const;
  act(() => fake.emit("fit.changed", { ...ready, noisy: true, stale: true }));
  expect((await screen.findByRole("button", { name: "Estimate speed · 1 min" })).title).toContain("disturbed");
  act(() => fake.emit("fit.changed", { ...ready, estimated: true, stale: true }));
  expect(screen.getByRole("button", { name: "Estimate speed · 1 min" }).title).toContain("their ranges are wide");
  act(() => fake.emit("fit.changed", ready));
  expect(screen.getByRole("button", { name: "Estimate speed again" })).toBeTruthy();
  await waitFor(() => expect(fake.named("catalog.get").length).toBeGreaterThan(asked));
});

test("the estimate is asked for when the screen is seen, and each reason for waiting is told", async () => {
  const fake = await open();
  expect(fake.named("fit.estimateWhenIdle")).toEqual([{}]);
  const told = () => row("R1-Distill-Seven").getByText("–").closest("[title]")?.textContent;
  expect(told()).toContain("not estimated yet");
  const battery = { code: "battery", facts: { charge: 22, least: 30 } } as const;
  act(() => fake.emit("fit.changed", { state: "none", waits: battery }));
  expect(told()).toContain("battery at 22 %");
  act(() => fake.emit("fit.changed", { state: "none", waits: { code: "otherPrograms" } }));
  expect(told()).toContain("waits for idle time");
  act(() => fake.emit("fit.changed", { state: "none", waits: { code: "stopped" } }));
  expect(told()).toContain("not estimated");
});

test("if this machine could not be measured, the reason is shown", async () => {
  await open({
    "fit.trials": () => ({ state: "none" }),
    "fit.measure": () => Promise.reject(new WorkbenchError("engine-busy")),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Estimate speed · 1 min" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The engine is busy with another reply.");
});

test("the Tab key passes through one row of each section; the arrows move between rows, sections and controls", async () => {
  const q8: CatalogVariant = { ...variant, id: "seven-q8_0", size: "large", quantization: "Q8_0" };
  const fake = await open({
    "models.list": () => [nano, downloaded],
    "catalog.get": () => ({ ...catalog, models: [{ ...seven, variants: [variant, q8] }, other] }),
  });
  await screen.findByRole("row", { name: "Own" });
  const stops = () => {
    const all = [...document.querySelectorAll<HTMLElement>(".model-row button")];
    return new Set(
      all.filter(({ tabIndex }) => tabIndex === 0).map((each) => each.closest("tr")?.getAttribute("aria-label")),
    );
  };
  await waitFor(() => expect([...stops()]).toEqual(["R1 Nano", "R1-Distill-Seven"]));
  const focused = () => [
    document.activeElement?.closest("tr")?.getAttribute("aria-label"),
    document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
  ];
  const press = (key: string) => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
    return focused();
  };
  row("R1 Nano").getByRole("button", { name: "Use" }).focus();
  expect(press("ArrowDown")).toEqual(["Own", "Use"]);
  expect(press("ArrowRight")).toEqual(["Own", "More about Own"]);
  // Into the next section, in the same column. The menu stays closed.
  expect(press("ArrowDown")).toEqual(["R1-Distill-Seven", "More about R1-Distill-Seven"]);
  expect(screen.queryByRole("menu")).toBeNull();
  press("ArrowLeft");
  expect(press("ArrowLeft")).toEqual(["R1-Distill-Seven", "Size of R1-Distill-Seven, 4.68 GB, Q4_K_M"]);
  expect(press("End")).toEqual(["R1-Distill-One", "Size of R1-Distill-One, 4.68 GB, Q4_K_M"]);
  // A row without a size to choose has its button instead.
  expect(press("Home")).toEqual(["R1 Nano", "Use"]);
  expect(press("ArrowUp")).toEqual(["R1 Nano", "Use"]);
  expect([...stops()]).toEqual(["R1 Nano", "R1-Distill-One"]);
  // A row that comes later is no further stop.
  const third = { ...downloaded, id: "third", name: "Third" };
  fake.answers["models.list"] = () => [nano, downloaded, third];
  act(() => fake.emit("models.changed", {}));
  await screen.findByRole("row", { name: "Third" });
  await waitFor(() => expect(stops().size).toBe(2));
});

const failedMove = (canUndo: boolean, code: "models-move-failed" | "models-folder-missing"): FolderState => ({
  path: "/disk/R1 Workbench models",
  isInHome: false,
  isMissing: false,
  move: {
    state: "failed",
    from: "/home/reader/r1/models",
    to: "/disk/R1 Workbench models",
    canUndo,
    problem: toProblem(
      code === "models-move-failed"
        ? new WorkbenchError(code, { case: "system" }, "EIO: i/o error, rename")
        : new WorkbenchError(code, { folder: "/disk/R1 Workbench models" }),
    ),
  },
});

test("a failed move advises to undo it only while it can be undone", async () => {
  const fake = await open();
  const line = (): string => within(screen.getByRole("region", { name: "Installed" })).getByRole("alert").textContent;
  act(() => fake.emit("folder.changed", failedMove(true, "models-move-failed")));
  expect(line()).toContain("or undo the move");
  expect(screen.getByRole("button", { name: "Undo" })).toBeTruthy();
  act(() => fake.emit("folder.changed", failedMove(false, "models-move-failed")));
  expect(line()).toContain("Try again; the move can no longer be undone.");
  expect(line()).not.toContain("or undo");
  act(() => fake.emit("folder.changed", failedMove(false, "models-folder-missing")));
  expect(line()).toContain("Connect its disk, then try again");
  expect(line()).not.toContain("choose another folder");
});

const plan = {
  id: "plan",
  kind: "copy",
  from: "/home/reader/r1/models",
  to: "/disk/a\u202Eb/R1 Workbench models",
  files: 2,
  bytes: 9e9,
  freeBytes: 60e9,
  isOpenToOthers: false,
} as const;

test("a folder cannot pose as another one by the characters in its name", async () => {
  const fake = await open({ "shell.chooseModelsFolder": () => plan });
  fireEvent.click(screen.getByRole("button", { name: "Change the models folder" }));
  const sheet = await screen.findByRole("alertdialog");
  expect(within(sheet).getByText("/disk/a\uFFFDb/R1 Workbench models")).toBeTruthy();
  fireEvent.click(within(sheet).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  const { from, to } = plan;
  const move = { state: "moving", step: "waiting", from, to, movedBytes: 0, totalBytes: 0 } as const;
  act(() => fake.emit("folder.changed", { path: to, isInHome: false, isMissing: false, move }));
  const { textContent } = screen.getByRole("region", { name: "Installed" });
  expect(textContent).toContain("Moving to /disk/a\uFFFDb/R1 Workbench models");
  expect(textContent).not.toContain("\u202E");
});

test("the amounts in the sheet look alike, and a double click on Move does nothing to what is behind it", async () => {
  const fake = await open({ "shell.chooseModelsFolder": () => plan });
  fireEvent.click(screen.getByRole("button", { name: "Change the models folder" }));
  const sheet = await screen.findByRole("alertdialog");
  expect(sheet.querySelectorAll(".figure")).toHaveLength(0);
  const line = screen.getByText("/home/reader/r1/models", { selector: ".section-line *" });
  fireEvent.click(within(sheet).getByRole("button", { name: "Move" }), { detail: 1 });
  // An event whose default was prevented returns false: the word is not selected.
  expect(fireEvent.mouseDown(line, { detail: 2 })).toBe(false);
  expect(fireEvent.click(line, { detail: 2 })).toBe(false);
  expect(fireEvent.mouseDown(line, { detail: 1 })).toBe(true);
  expect(fireEvent.mouseDown(line, { detail: 2 })).toBe(true);
  expect(fake.named("folder.move")).toEqual([{ planId: "plan" }]);
});

test("that the models are being moved is no longer said once they are not", async () => {
  const moving = (): never => {
    throw new WorkbenchError("models-moving");
  };
  const fake = await open({ "models.delete": moving, "downloads.start": moving, "folder.planBack": moving });
  const { models, downloads, folder } = fake.stores;
  await act(async () => {
    await models.getState().remove("own");
    await downloads.getState().start(file);
    await folder.getState().planBack();
  });
  const said = () => [models, downloads, folder].map(({ getState }) => getState().problem?.code);
  expect(said()).toEqual(["models-moving", "models-moving", "models-moving"]);
  const failed = failedMove(true, "models-move-failed");
  act(() => fake.emit("folder.changed", failed));
  expect(said()).toEqual(["models-moving", "models-moving", "models-moving"]);
  act(() => fake.emit("folder.changed", { ...failed, move: { state: "none" } }));
  expect(said()).toEqual([undefined, undefined, undefined]);
});
