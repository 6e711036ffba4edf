import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../../electron/contract/errors.ts";
import { mostPresetNameChars } from "../../../electron/contract/names.ts";
import { mostPresets, presetsCalls } from "../../../electron/contract/presets.ts";
import { openPresets } from "../../../electron/workbench/presets/openPresets.ts";
import { filledPreset, presetVariables } from "../../../renderer/features/chats/presetText.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

let home: string;
beforeEach(async () => {
  home = await temporaryFolder();
});

function open({ shown = (): string[] => [] }: { shown?: () => string[] } = {}) {
  const told: unknown[] = [];
  const notices: Problem[] = [];
  const { handlers, api } = openPresets({
    home,
    notices: { add: (problem) => void notices.push(problem) },
    onEvent: (name, data) => name === "presets.changed" && told.push(data),
    isShown: (chatId) => Promise.resolve(shown().includes(chatId)),
  });
  return { handlers, api, told, notices };
}
const named = (name: string, text = "Do {{this}}.") => ({ id: null, name, text });

describe("presets", () => {
  it("are kept in their order, changed and told to all windows", async () => {
    const { handlers, told } = open();
    const one = await handlers["presets.save"](named("One"));
    const two = await handlers["presets.save"](named("Two"));
    const changed = await handlers["presets.save"]({ ...one, text: "Other" });
    expect(await open().handlers["presets.list"]({})).toEqual([changed, two]);
    expect(told.at(-1)).toEqual([changed, two]);
    await expect(handlers["presets.save"]({ ...one, id: "gone" })).rejects.toMatchObject({ code: "preset-not-found" });
  });

  it("that `r1` adds beside the app stay at the app's next change, and are told", async () => {
    const { handlers, told } = open();
    const mine = await handlers["presets.save"](named("Mine"));
    const [theirs] = await open().api.add([{ id: "theirs", name: "Theirs", text: "Beside" }]);
    expect(await handlers["presets.list"]({})).toEqual([mine, theirs]);
    expect(told.at(-1)).toEqual([mine, theirs]);
    await open().api.add([{ id: "more", name: "More", text: "Beside too" }]);
    const changed = await handlers["presets.save"]({ ...mine, text: "My other words" });
    expect((await open().handlers["presets.list"]({})).map(({ name }) => name)).toEqual(["Mine", "Theirs", "More"]);
    expect(told.at(-1)).toMatchObject([changed, theirs, { name: "More" }]);
  });

  it("that two processes change at the same time are all kept", async () => {
    const programs = [open(), open(), open()];
    const names = programs.flatMap((_, program) => Array.from({ length: 12 }, (__, count) => `${program}.${count}`));
    const changes = names.map((name) => {
      const { handlers, api } = programs[Number(name[0])] ?? open();
      return name.endsWith("0")
        ? api.add([{ id: name, name, text: name }])
        : Promise.resolve(handlers["presets.save"](named(name, name)));
    });
    await Promise.all(changes);
    const kept = (await open().handlers["presets.list"]({})).map(({ name }) => name);
    expect(kept.toSorted()).toEqual(names.toSorted());
  });

  it("of an import are there once its chats are, and are seen by nobody before", async () => {
    const { api, told } = open();
    const other = open();
    let shown: string[] = [];
    let during: unknown;
    const show = async () => {
      during = [await other.api.list(), told.length];
      shown = ["c"];
    };
    const [added] = await api.add([{ id: "p", name: "P", text: "T" }], { chatId: "c", show });
    expect(during).toEqual([[], 0]);
    expect(shown).toEqual(["c"]);
    expect(await other.api.list()).toEqual([added]);
    expect(told).toEqual([[added]]);
    const fails = { chatId: "d", show: () => Promise.reject(new Error("no")) };
    await expect(api.add([{ id: "q", name: "Q", text: "T" }], fails)).rejects.toThrow("no");
    expect([await api.list(), await other.api.list()]).toEqual([[added], [added]]);
  });

  it("of an import stay if its chats are there, though showing them was answered by a failure", async () => {
    let shown: string[] = [];
    const { api, told } = open({ shown: () => shown });
    const show = (): Promise<never> => {
      shown = ["c"];
      return Promise.reject(new Error("the store's worker ended before it answered"));
    };
    const preset = { id: "p", name: "P", text: "T" };
    await expect(api.add([preset], { chatId: "c", show })).rejects.toThrow("before it answered");
    expect(await open({ shown: () => shown }).api.list()).toEqual([preset]);
    expect(await api.list()).toEqual([preset]);
    expect(told.at(-1)).toEqual([preset]);
  });

  it("of an import whose process ended are there if its chats are, and gone otherwise", async () => {
    const [mine, theirs] = ["mine", "theirs"].map((id) => ({ id, name: id, text: id }));
    const path = join(home, "presets.json");
    for (const shown of [[], ["c"]]) {
      writeFileSync(path, JSON.stringify({ presets: [mine, theirs], unconfirmed: { chatId: "c", ids: ["theirs"] } }));
      const expected = shown.length > 0 ? [mine, theirs] : [mine];
      const unreadable = open({
        shown: () => {
          throw new Error("the store is damaged");
        },
      });
      expect(await unreadable.api.list()).toEqual([mine]);
      await expect(unreadable.handlers["presets.save"](named("lost"))).rejects.toThrow("damaged");
      expect(await open({ shown: () => shown }).api.list()).toEqual(expected);
      expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ presets: expected });
    }
  });

  it("stay when the file is damaged or lost while the app runs", async () => {
    const { handlers, notices } = open();
    const mine = await handlers["presets.save"](named("Mine"));
    const path = join(home, "presets.json");
    writeFileSync(path, "{");
    expect(await handlers["presets.list"]({})).toEqual([mine]);
    expect(await open().handlers["presets.list"]({})).toEqual([mine]);
    rmSync(path);
    expect(await handlers["presets.list"]({})).toEqual([mine]);
    expect(await open().handlers["presets.list"]({})).toEqual([mine]);
    expect(notices).toEqual([]);
  });

  it("are put back where they were after they were deleted, once", async () => {
    const { handlers } = open();
    const names = ["One", "Two", "Three"];
    // One waits for the other.
    const saved = names.map(async (name) => await handlers["presets.save"](named(name)));
    const [, two] = await Promise.all(saved);
    const deleted = await handlers["presets.delete"]({ id: two?.id ?? "" });
    expect((await handlers["presets.list"]({})).map(({ name }) => name)).toEqual(["One", "Three"]);
    await handlers["presets.restore"](deleted);
    await handlers["presets.restore"](deleted);
    expect((await open().handlers["presets.list"]({})).map(({ name }) => name)).toEqual(names);
  });

  it("are no more than there may be", async () => {
    const preset = (id: number) => ({ id: `${id}`, name: "n", text: "t" });
    const presets = Array.from({ length: mostPresets }, (_, index) => preset(index));
    writeFileSync(join(home, "presets.json"), JSON.stringify({ presets }));
    const { handlers } = open();
    await expect(handlers["presets.save"](named("n"))).rejects.toMatchObject({ code: "presets-full" });
    await expect(handlers["presets.restore"]({ preset: preset(-1), index: 0 })).rejects.toMatchObject({
      code: "presets-full",
    });
    expect(await handlers["presets.list"]({})).toHaveLength(mostPresets);
  });

  it.each([
    ["no JSON", "{"],
    ["a preset without a text", '{"presets":[{"id":"a","name":"b","text":" "}]}'],
    ["a name that cannot be seen", '{"presets":[{"id":"a","name":"\\u202e","text":"b"}]}'],
  ])("of a file with %s are set aside, never overwritten", async (_, text) => {
    writeFileSync(join(home, "presets.json"), text);
    const { handlers, notices } = open();
    expect(await handlers["presets.list"]({})).toEqual([]);
    await handlers["presets.save"](named("New"));
    const aside = readdirSync(home).find((name) => name.includes(".damaged-")) ?? "";
    expect(readFileSync(join(home, aside), "utf8")).toBe(text);
    expect(notices).toEqual([{ code: "presets-damaged", facts: { file: join(home, aside) } }]);
  });

  it("are not read through a link", async () => {
    writeFileSync(join(home, "elsewhere"), '{"presets":[{"id":"a","name":"b","text":"c"}]}');
    symlinkSync(join(home, "elsewhere"), join(home, "presets.json"));
    expect(await open().handlers["presets.list"]({})).toEqual([]);
    expect(readFileSync(join(home, "elsewhere"), "utf8")).toContain('"a"');
  });

  it("have a name on one line that can be seen, and a bounded text", () => {
    const { input } = presetsCalls["presets.save"];
    expect(input.parse({ id: null, name: " a\n\u202eb\u0000 ", text: "x" }).name).toBe("a  b");
    for (const wrong of [{ name: "\u200b" }, { name: "x".repeat(81) }, { text: " \n" }, { text: "x".repeat(20_001) }]) {
      expect(input.safeParse({ ...named("n"), ...wrong }).success).toBe(false);
    }
  });
});

describe("variables", () => {
  it("are found once each, in any script, and nothing else is taken for one", () => {
    expect(presetVariables("{{topic}} {{ 主题 }} {{topic}} {{two words}} {{}} {{a{{b}} {x} {{\n}} {{-}}")).toEqual([
      "topic",
      "主题",
      "two words",
      "b",
    ]);
    expect(presetVariables(`{{${"x".repeat(41)}}}`)).toEqual([]);
    expect(presetVariables(Array.from({ length: 30 }, (_, index) => `{{v${index}}}`).join(""))).toHaveLength(20);
  });

  it("are filled in once: what is filled in stays as it was typed", () => {
    const values = new Map([
      ["a", "{{b}} $& $1"],
      ["b", "never"],
    ]);
    expect(filledPreset("{{a}} and {{ a }}, {{c}}", values)).toBe("{{b}} $& $1 and {{b}} $& $1, {{c}}");
  });

  it("take a time in proportion to the text", () => {
    const text = `{{${"a ".repeat(10_000)}`.repeat(2) + "{".repeat(20_000);
    expect(presetVariables(text)).toEqual([]);
  });
});

describe("presets of an import", () => {
  it("are added once, beside one's own: with another name or id where one is taken", async () => {
    const { handlers, api } = open();
    const mine = await handlers["presets.save"](named("Sums", "Mine"));
    const same = await handlers["presets.save"](named("Same", "Same text"));
    const given = [
      { ...same, id: "other-id" },
      { id: "a", name: "SUMS", text: "Theirs" },
      { id: mine.id, name: "Sums changed there", text: "Changed" },
      { id: "b", name: "New", text: "New text" },
      { id: "b", name: "Again under this id", text: "Another" },
    ];
    expect(await api.preview(given)).toEqual({ presets: 4, presetsLeftOut: 0 });
    const added = await api.add(given);
    const list = await handlers["presets.list"]({});
    expect(list).toEqual([mine, same, ...added]);
    expect(list.map(({ name }) => name)).toEqual([
      "Sums",
      "Same",
      "SUMS (2)",
      "Sums changed there",
      "New",
      "Again under this id",
    ]);
    expect(new Set(list.map(({ id }) => id)).size).toBe(6);
    expect(await api.preview(given)).toEqual({ presets: 0, presetsLeftOut: 0 });
    expect(await api.add(given)).toEqual([]);
  });

  it("never get an id that is taken, also when one of them was changed since", async () => {
    const { handlers, api } = open();
    const mine = await handlers["presets.save"](named("Sums", "B"));
    const given = [{ id: mine.id, name: "Sums", text: "A" }];
    const [added] = await api.add(given);
    if (added === undefined) throw new Error("none added");
    const changed = await handlers["presets.save"]({ ...added, text: "C" });
    const [again] = await api.add(given);
    const list = await handlers["presets.list"]({});
    expect(list).toEqual([mine, changed, again]);
    expect(new Set(list.map(({ id }) => id)).size).toBe(3);
  });

  it("keep whole characters where a name has to be cut for its number", async () => {
    const { handlers, api } = open();
    const name = `${"n".repeat(mostPresetNameChars - 7)}😀${"n".repeat(5)}`;
    await handlers["presets.save"](named(name, "Mine"));
    const [added] = await api.add([{ id: "a", name, text: "Theirs" }]);
    expect(added?.name).toBe(`${"n".repeat(mostPresetNameChars - 7)} (2)`);
  });

  it("are removed again, except for those that were changed since", async () => {
    const { handlers, api } = open();
    const mine = await handlers["presets.save"](named("Mine"));
    const [one, two] = await api.add([
      { id: "1", name: "One", text: "1" },
      { id: "2", name: "Two", text: "2" },
    ]);
    if (one === undefined || two === undefined) throw new Error("none added");
    const changed = await handlers["presets.save"]({ ...two, text: "My words" });
    expect(await api.remove([one, two])).toBe(1);
    expect(await handlers["presets.list"]({})).toEqual([mine, changed]);
    expect(await api.remove([one, two])).toBe(0);
  });

  it("are no more than there is room for, and their names no longer than they may be", async () => {
    const { handlers, api } = open();
    const long = "n".repeat(mostPresetNameChars);
    const given = Array.from({ length: mostPresets }, (_, index) => ({ id: `${index}`, name: long, text: `${index}` }));
    await handlers["presets.save"](named("Mine"));
    expect(await api.preview(given)).toEqual({ presets: mostPresets - 1, presetsLeftOut: 1 });
    await api.add(given);
    const list = await open().handlers["presets.list"]({});
    expect(new Set(list.map(({ name }) => name)).size).toBe(mostPresets);
  });
});
