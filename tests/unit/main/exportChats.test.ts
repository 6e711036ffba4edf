import { beforeEach, expect, it, vi } from "vitest";
import { exportChats, type ExportChatsOptions } from "../../../electron/main/exportChats.ts";
import { loadTexts } from "../../../electron/texts/loadTexts.ts";

const asked = vi.hoisted(() => ({ count: 0 }));
vi.mock("electron", () => ({
  dialog: {
    showSaveDialog: async () => {
      asked.count++;
      return { canceled: false, filePath: "/chosen/chats.jsonl" };
    },
  },
}));
beforeEach(() => {
  asked.count = 0;
});

const request = { chatIds: null, format: "json", thoughts: true } as const;

async function begin(state: "none" | "writing"): Promise<{ begun: boolean; paths: string[] }> {
  const paths: string[] = [];
  const workbench = {
    call: async () => ({ state }),
    exportChats: async (_: unknown, path: string) => {
      paths.push(path);
      return { state: "none" };
    },
  };
  const options = { window: {}, prints: {}, texts: await loadTexts("en"), workbench: Promise.resolve(workbench) };
  return { begun: await exportChats(options as unknown as ExportChatsOptions, request), paths };
}

it("exports to the chosen file", async () => {
  expect(await begin("none")).toEqual({ begun: true, paths: ["/chosen/chats.jsonl"] });
});

it("refuses a second export while one is running, before it asks where to save", async () => {
  await expect(begin("writing")).rejects.toMatchObject({ code: "export-running" });
  expect(asked.count).toBe(0);
});
