import { expect, test } from "vitest";
import type { DiskEntry, DiskList } from "../../../electron/contract/disk.ts";
import { createDiskStore } from "../../../renderer/stores/disk.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { fakeBridge } from "./fakeBridge.ts";

const entry = (kind: "chats" | "states"): DiskEntry => ({
  kind,
  erasable: kind,
  places: [`/home/reader/r1/${kind}`],
  isOutside: false,
  sizeBytes: 1,
  count: 1,
  files: [],
});
const kept = (...kinds: ("chats" | "states")[]): DiskList => ({
  home: "/home/reader/r1",
  entries: kinds.map(entry),
  chats: 0,
  linkedModels: 0,
});

test("what is in use is not said to be erased, nor is anything after the user refused", async () => {
  let answer: DiskList | null = kept("chats", "states");
  const { bridge } = fakeBridge({ "disk.erase": () => answer });
  const { erase } = createDiskStore(openDoor(bridge)).getState();
  expect(await erase("states")).toBe("unused");
  // Their database stays, without them.
  expect(await erase("chats")).toBe("all");
  answer = kept("chats");
  expect(await erase("states")).toBe("all");
  answer = null;
  expect(await erase("chats")).toBe("nothing");
});
