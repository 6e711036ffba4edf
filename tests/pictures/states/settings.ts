import { expect } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { Release, UpdateState } from "../../../electron/contract/updates.ts";
import type { PictureState, Stage } from "../PictureState.ts";

type Tab = "General" | "Models" | "Servers" | "Privacy" | "Appearance";
const show = async (stage: Stage, tab: Tab): Promise<void> => {
  await stage.goTo("Settings");
  await stage.page.getByRole("tab", { name: tab }).click();
  await expect(stage.page.getByRole("tabpanel", { name: tab })).toBeVisible();
};

/** The page has no link in the sidebar. */
const showDisk = async (stage: Stage): Promise<void> => {
  await show(stage, "Privacy");
  await stage.page.getByRole("link", { name: "Show what is kept" }).click();
  await expect(stage.page.getByRole("rowheader", { name: "Chats", exact: true })).toBeVisible();
};

const searching = (name: string, words: string): PictureState => ({
  name: `settings/${name}`,
  home: "used",
  show: async (stage) => {
    await show(stage, "General");
    const search = stage.page.locator(".settings-search > input");
    await search.fill(words);
    await expect(stage.page.locator(".settings-hits")).toBeVisible();
    return () => search.fill("");
  },
});

const release: Release = {
  version: "0.2.0",
  date: "2026-11-28",
  notes:
    "- Models of the Qwen3 family show their thoughts as R1 does.\n- Long chats scroll without pauses, also on slow machines.\n- Benchmarks can be compared with those of another machine.",
  page: "https://github.com/r1-workbench/r1-workbench/releases/tag/v0.2.0",
  file: { name: "r1-workbench-0.2.0-linux-x64.AppImage", sizeBytes: 148_300_000 },
};

/** As if the update server had answered; a build of one's own has none. */
const updating = (name: string, status: UpdateState["status"], changes: Partial<UpdateState> = {}): PictureState => ({
  name: `settings/updates-${name}`,
  home: "used",
  show: async (stage) => {
    await show(stage, "General");
    const turn = (isOn: boolean): Promise<unknown> =>
      stage.page.evaluate(async (checkUpdates) => {
        const { r1 } = window as unknown as { r1: Bridge };
        await r1.call("settings.change", { checkUpdates });
      }, isOn);
    const source = {
      host: "github.com",
      fileHosts: ["release-assets.githubusercontent.com", "objects.githubusercontent.com"],
    };
    await turn(true);
    await stage.tell("updates.changed", { source, install: "appimage", checkedAt: null, status, ...changes });
    await expect(stage.page.locator(".updates")).toBeVisible();
    return async () => {
      await stage.tell("updates.changed", {
        source: null,
        install: "development",
        checkedAt: null,
        status: { state: "idle" },
      });
      await turn(false);
    };
  },
  subject: (page) => page.locator(".updates"),
});

export const settingsStates: PictureState[] = [
  ...(["General", "Models", "Servers", "Privacy", "Appearance"] as const).map(
    (tab): PictureState => ({
      name: `settings/${tab.toLowerCase()}`,
      home: "used",
      show: (stage) => show(stage, tab),
    }),
  ),
  {
    name: "settings/backups",
    home: "used",
    show: async (stage) => {
      await show(stage, "Privacy");
      await stage.page.locator(".backup-table").scrollIntoViewIfNeeded();
    },
    subject: (page) => page.locator(".backups"),
  },
  {
    name: "settings/backups-restored",
    home: "used",
    show: async (stage) => {
      await show(stage, "Privacy");
      await stage.page.getByRole("button", { name: "Restore from yesterday" }).click();
      const undo = stage.page.getByRole("button", { name: "Undo restore" });
      await expect(undo).toBeVisible();
      await stage.page.locator(".backups").scrollIntoViewIfNeeded();
      return () => undo.click();
    },
    subject: (page) => page.locator(".backups"),
  },
  {
    name: "settings/privacy-connections",
    home: "used",
    show: async (stage) => {
      await show(stage, "Privacy");
      await stage.page.evaluate(async () => {
        const { r1 } = window as unknown as { r1: Bridge };
        await r1.call("hub.search", { words: "deepseek r1" });
        await r1.call("hub.listing", { repo: "owner/gone", revision: "main" });
        await r1.call("network.refused", { host: "tracker.example" });
      });
      const record = stage.page.locator(".connections");
      await expect(record.getByText("tracker.example")).toBeVisible();
      await stage.page.getByRole("button", { name: "Go offline" }).click();
      await record.scrollIntoViewIfNeeded();
      await expect(stage.page.locator(".offline-row")).toBeVisible();
      return () => stage.page.getByRole("button", { name: "Go online" }).click();
    },
    subject: (page) => page.locator(".connections"),
  },
  updating("idle", { state: "idle" }),
  updating("current", { state: "current" }, { checkedAt: Date.now() }),
  updating("available", { state: "available", release }),
  updating(
    "by-hand",
    {
      state: "available",
      release: { ...release, file: { name: "r1-workbench_0.2.0_amd64.deb", sizeBytes: 98_200_000 } },
    },
    { install: "deb" },
  ),
  updating("downloading", { state: "downloading", release, receivedBytes: 61_200_000 }),
  updating("ready", { state: "ready", release, onQuit: true }),
  updating("failed", {
    state: "failed",
    problem: { code: "update-refused", facts: { case: "unsigned" } },
    release: null,
  }),
  { name: "settings/disk", home: "used", show: (stage) => showDisk(stage) },
  {
    name: "settings/disk-files",
    home: "used",
    show: async (stage) => {
      await showDisk(stage);
      await stage.page.getByRole("button", { name: "Files of: Chats" }).click();
    },
  },
  {
    name: "settings/disk-everything",
    home: "used",
    show: async (stage) => {
      await showDisk(stage);
      await stage.page.getByRole("button", { name: "Erase everything…" }).click();
      await expect(stage.page.getByRole("alertdialog")).toBeVisible();
      return () => stage.page.getByRole("button", { name: "Cancel" }).click();
    },
  },
  {
    name: "settings/disk-end",
    home: "used",
    show: (stage) => showDisk(stage),
    subject: (page) => page.locator("section").last(),
  },
  // A part of words in all languages.
  searching("search", "a"),
  searching("search-nothing", "no such words"),
  {
    name: "settings/changed",
    home: "used",
    show: async (stage) => {
      await show(stage, "Appearance");
      await stage.page.getByRole("combobox", { name: "Reading width" }).selectOption("wide");
      // The notice stays while the focus is in it.
      await stage.page.getByRole("button", { name: "Undo" }).focus();
      return () => stage.page.getByRole("button", { name: "Undo" }).click();
    },
  },
  {
    name: "settings/wrong-number",
    home: "used",
    show: async (stage) => {
      await show(stage, "Models");
      const field = stage.page.getByRole("textbox", { name: "Context" });
      await field.fill("12");
      await field.blur();
      await expect(field).toHaveAttribute("aria-invalid", "true");
      return async () => {
        await field.fill("");
        await field.blur();
      };
    },
  },
  {
    name: "settings/largest-compact",
    home: "used",
    show: async (stage) => {
      await show(stage, "Appearance");
      const set = async (size: string, density: string): Promise<void> => {
        await stage.page.locator("#setting-textSize").selectOption(size);
        await stage.page.locator("#setting-density").selectOption(density);
        await expect(stage.page.locator("html")).toHaveAttribute("data-density", density);
        await stage.page.getByRole("button", { name: "Dismiss" }).click();
      };
      await set("largest", "compact");
      return () => set("standard", "comfortable");
    },
  },
];
