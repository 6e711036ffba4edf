import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import { beforeEach, expect, test, vi } from "vitest";
import { appId } from "../../../electron/main/appId.ts";
import { showNotification } from "../../../electron/main/showNotification.ts";

const system = vi.hoisted(() => ({ isSupported: true, shown: [] as (EventEmitter & { words: unknown })[] }));
vi.mock("electron", () => ({
  Notification: class extends EventEmitter {
    static isSupported = () => system.isSupported;
    words: unknown;
    constructor(words: unknown) {
      super();
      this.words = words;
    }
    show() {
      system.shown.push(this as never);
    }
  },
}));
beforeEach(() => Object.assign(system, { isSupported: true, shown: [] }));

test("a notification is shown, and a click on it is answered", () => {
  const onClick = vi.fn();
  showNotification({ title: "A", body: "B" }, onClick);
  expect(system.shown.map(({ words }) => words)).toEqual([{ title: "A", body: "B" }]);
  expect(onClick).not.toHaveBeenCalled();
  system.shown[0]?.emit("click");
  expect(onClick).toHaveBeenCalledOnce();
});

test("a system without notifications shows none", () => {
  system.isSupported = false;
  showNotification({ title: "A", body: "B" }, () => undefined);
  expect(system.shown).toEqual([]);
});

test("Windows knows the app by the id that its installer registers", async () => {
  const builder = await readFile(new URL("../../../electron-builder.yml", import.meta.url), "utf8");
  expect(builder).toContain(`appId: ${appId}\n`);
});
