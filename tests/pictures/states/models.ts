import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { Download } from "../../../electron/contract/downloads.ts";
import type { FolderState } from "../../../electron/contract/folder.ts";
import type { FileModel, OpenedFile, OpenedLook } from "../../../electron/contract/models.ts";
import { chooseInDialogs } from "../../e2e/support/chooseInDialogs.ts";
import { picturedDownload } from "../picturedDownload.ts";
import type { PictureState, Stage } from "../PictureState.ts";

/** Shows the screen once the family is listed. */
async function goToModels(stage: Stage): Promise<void> {
  await stage.goTo("Models");
  await expect(stage.page.getByText("R1-Distill-Qwen-7B").first()).toBeVisible();
}

/** The field of the hub's search. In the last of the languages, it has another name. */
const hubOf = (page: Page): Locator => page.locator(".hub-search");

const downloading = (name: string, ...all: Download["status"][]): PictureState => ({
  name: `models/download-${name}`,
  home: "new",
  show: async (stage) => {
    await goToModels(stage);
    const list = all.map((status, index) =>
      picturedDownload(`d${index}`, status, index === 0 ? undefined : `DeepSeek-R1-Distill-Qwen-${index}B-Q4_K_M`),
    );
    await stage.tell("downloads.changed", list);
    return () => stage.tell("downloads.changed", []);
  },
});

/** The line of the models folder, with a move or on a disk that is gone. */
const folder = (name: string, move: FolderState["move"]): PictureState => ({
  name: `models/folder-${name}`,
  home: "used",
  show: async (stage) => {
    await goToModels(stage);
    const isMissing = name === "missing";
    const path = isMissing ? "/media/reader/Disk/R1 Workbench models" : "/home/reader/.config/R1 Workbench/models";
    await stage.tell("folder.changed", { path, isInHome: !isMissing, isMissing, move });
    await stage.page.locator(".section-line bdi").first().scrollIntoViewIfNeeded();
    return () => stage.tell("folder.changed", { path, isInHome: true, isMissing: false, move: { state: "none" } });
  },
});

/** Files that were opened with the app, over the screen that was shown. */
const opened = (name: string, ...files: OpenedFile[]): PictureState => ({
  name: `models/opened-${name}`,
  home: "used",
  show: async (stage) => {
    await stage.goTo("Chat");
    await stage.tell("models.openedChanged", { files, isCut: name === "several" });
    await expect(stage.page.locator(".opened-files")).toBeVisible();
    return async () => {
      await stage.tell("models.openedChanged", { files: [], isCut: false });
      await expect(stage.page.locator(".opened-files")).toBeHidden();
    };
  },
});

const openedModel: FileModel = {
  id: "r1-nano",
  name: "DeepSeek R1 Distill Qwen 7B",
  source: { kind: "file", path: "/home/reader/Downloads/DeepSeek-R1-Distill-Qwen-7B-Q4_K_M.gguf" },
  sizeBytes: 4_683_073_184,
  quantization: "Q4_K_M",
  architecture: "qwen2",
  family: "r1",
  parameters: 7_615_616_512,
  contextLength: 131_072,
  licence: "mit",
  builtIn: false,
  owner: "linked",
  lastUsedAt: null,
  measuredTokensPerSecond: null,
  verified: null,
  problems: [],
};
const openedFile = (id: string, look: OpenedLook, path = openedModel.source.path): OpenedFile => ({ id, path, look });
const openedRead = (isListed: boolean): OpenedLook => ({ state: "read", model: openedModel, isListed });

export const modelsStates: PictureState[] = [
  opened("one", openedFile("f1", openedRead(false))),
  opened("listed", openedFile("f1", openedRead(true))),
  opened(
    "refused",
    openedFile("f1", { state: "refused", problem: { code: "model-not-gguf", facts: { case: "webPage" } } }),
  ),
  opened(
    "several",
    openedFile("f1", openedRead(false)),
    openedFile("f2", { state: "reading" }, "/media/reader/Disk/llama.gguf"),
    openedFile(
      "f3",
      {
        state: "refused",
        problem: { code: "model-file-unreadable", facts: { case: "silentDisk", milliseconds: 15_000 } },
      },
      "/mnt/server/a/rather/long/path/with/many/folders/DeepSeek-R1-Distill-Llama-70B-Q4_K_M-00001-of-00009.gguf",
    ),
  ),
  { name: "models/first-start", home: "new", show: (stage) => goToModels(stage) },
  downloading("running", { state: "running", quietSeconds: 0 }),
  downloading("stalled", { state: "running", quietSeconds: 12 }),
  downloading("paused", { state: "paused", reason: "user", problem: null }),
  downloading("failed", { state: "failed", problem: { code: "download-mismatch", message: "" } }),
  downloading("verifying", { state: "verifying", fraction: 0.4 }),
  downloading(
    "several",
    { state: "running", quietSeconds: 0 },
    { state: "queued", position: 1 },
    { state: "starting" },
    { state: "retrying", attempt: 3, retryAt: Date.now() + 600_000, problem: { code: "hub-unreachable", message: "" } },
    { state: "paused", reason: "disk-full", problem: { code: "download-disk-full", message: "" } },
  ),
  {
    name: "models/download-waits-offline",
    home: "new",
    show: async (stage) => {
      await goToModels(stage);
      await stage.tell("network.changed", { isOffline: true, isForced: false });
      await stage.tell("downloads.changed", [
        picturedDownload("d1", { state: "paused", reason: "offline", problem: null }),
      ]);
      return async () => {
        await stage.tell("downloads.changed", []);
        await stage.tell("network.changed", { isOffline: false, isForced: false });
      };
    },
  },
  { name: "models/installed", home: "used", show: (stage) => goToModels(stage) },
  {
    name: "models/folder-sheet",
    home: "used",
    show: async (stage) => {
      await goToModels(stage);
      const disk = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "Disk "));
      await chooseInDialogs(stage.electron, [disk]);
      await stage.page.getByRole("button", { name: "Change the models folder" }).click();
      const sheet = stage.page.getByRole("alertdialog");
      await expect(sheet).toBeVisible();
      return async () => {
        await stage.page.keyboard.press("Escape");
        await expect(sheet).toHaveCount(0);
        await rm(disk, { recursive: true });
      };
    },
  },
  folder("moving", {
    state: "moving",
    step: "copying",
    from: "/home/reader/.config/R1 Workbench/models",
    to: "/media/reader/Disk/R1 Workbench models",
    movedBytes: 9.3e9,
    totalBytes: 41.2e9,
  }),
  folder("move-failed", {
    state: "failed",
    from: "/home/reader/.config/R1 Workbench/models",
    to: "/media/reader/Disk/R1 Workbench models",
    canUndo: true,
    problem: {
      code: "models-move-failed",
      facts: { case: "folderGone", folder: "/media/reader/Disk/R1 Workbench models" },
    },
  }),
  folder("missing", { state: "none" }),
  {
    name: "models/preparing",
    home: "used",
    show: async (stage) => {
      await goToModels(stage);
      const modelId = "deepseek-r1-distill-qwen-1.5b-q4_k_m";
      const loading = { state: "loading", modelId, name: "R1-Distill-Qwen-1.5B", fraction: 1, isPreparing: true };
      await stage.tell("models.loadedChanged", loading as never);
      return () => stage.tell("models.loadedChanged", { state: "none" } as never);
    },
  },
  {
    name: "models/load-settings",
    home: "used",
    show: async (stage) => {
      await goToModels(stage);
      const { page } = stage;
      const toggle = async (): Promise<void> => {
        await page.getByRole("button", { name: "More about R1-Distill-Qwen-1.5B" }).first().click();
        await page.getByRole("menuitem", { name: "Settings" }).click();
      };
      const engine = await page.evaluate(() => (window as unknown as { r1: Bridge }).r1.call("engine.state", {}));
      if (!engine.ok || !("info" in engine.value)) throw new Error("The engine is not ready.");
      const { value } = engine;
      // Not every system leaves the choice of large pages.
      await stage.tell("engine.changed", { ...value, info: { ...value.info, largePages: false } });
      await toggle();
      await expect(page.getByText("Large memory pages", { exact: true })).toBeVisible();
      return async () => {
        await toggle();
        await stage.tell("engine.changed", value);
      };
    },
    subject: (page) => page.locator(".model-choices dt").last(),
  },
  {
    name: "models/loading",
    home: "used",
    show: async (stage) => {
      await goToModels(stage);
      const modelId = "deepseek-r1-distill-qwen-1.5b-q4_k_m";
      await stage.tell("models.loadedChanged", {
        state: "loading",
        modelId,
        name: "R1-Distill-Qwen-1.5B",
        fraction: 0.43,
      });
      return () => stage.tell("models.loadedChanged", { state: "none" } as never);
    },
  },
  {
    name: "models/hub-search",
    home: "used",
    show: async (stage) => {
      await goToModels(stage);
      const field = stage.page.getByRole("textbox", { name: "Search the hub" });
      await field.fill("r1");
      await field.press("Enter");
      await expect(stage.page.getByText("bartowski/").first()).toBeVisible({ timeout: 4_000 });
    },
    subject: hubOf,
  },
  {
    name: "models/hub-files",
    home: "used",
    show: async (stage) => {
      await goToModels(stage);
      const field = stage.page.getByRole("textbox", { name: "Search the hub" });
      await field.fill("hf:unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF");
      await field.press("Enter");
      await expect(stage.page.getByRole("row", { name: /Q8_0/ }).last()).toBeVisible({ timeout: 4_000 });
    },
    subject: hubOf,
  },
];
