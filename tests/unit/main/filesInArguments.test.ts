import { expect, test } from "vitest";
import { filesHandedOver } from "../../../electron/main/filesHandedOver.ts";
import { filesInArguments } from "../../../electron/main/filesInArguments.ts";
import { FilesToOpen } from "../../../electron/main/FilesToOpen.ts";
import { filesWithinLimit } from "../../../electron/main/filesWithinLimit.ts";
import { ownArguments } from "../../../electron/main/ownArguments.ts";
import { shortArguments } from "../../../electron/main/shortArguments.ts";

const files = (...args: string[]): string[] => filesInArguments({ args, folder: "/home/reader", platform: "linux" });

test("a file is named by a path from the folder that the app was started in, or by a file URI", () => {
  expect(files("model.gguf", "../other/a b.gguf", "/models/c.gguf")).toEqual([
    "/home/reader/model.gguf",
    "/home/other/a b.gguf",
    "/models/c.gguf",
  ]);
  expect(files("file:///models/%E6%A8%A1%E5%9E%8B%20%231.gguf", "FILE:///models/b.gguf")).toEqual([
    "/models/模型 #1.gguf",
    "/models/b.gguf",
  ]);
  // Names that only resemble something else.
  expect(files("$(touch x).gguf", "a;b|c.gguf", "%41.gguf", "c:d.gguf", "~/e.gguf", "ﬁ\u202Efugg.gguf")).toEqual([
    "/home/reader/$(touch x).gguf",
    "/home/reader/a;b|c.gguf",
    "/home/reader/%41.gguf",
    "/home/reader/c:d.gguf",
    "/home/reader/~/e.gguf",
    "/home/reader/ﬁ\u202Efugg.gguf",
  ]);
});

test("a switch is never a file, and a file is never a switch", () => {
  expect(files("--no-sandbox", "-r", "--load-extension=/x.gguf", "--user-data-dir=/x", "-psn_0_1", "", "-")).toEqual(
    [],
  );
  expect(files("./--no-sandbox.gguf", "/models/--inspect.gguf", "file:///models/-r")).toEqual([
    "/home/reader/--no-sandbox.gguf",
    "/models/--inspect.gguf",
    "/models/-r",
  ]);
  expect(files("a.gguf", "--", "--no-sandbox", "--", "-b.gguf")).toEqual([
    "/home/reader/a.gguf",
    "/home/reader/--no-sandbox",
    "/home/reader/--",
    "/home/reader/-b.gguf",
  ]);
  // On Windows, Chromium reads these as switches as well.
  expect(filesInArguments({ args: ["/no-sandbox"], folder: "/", platform: "win32" })).toEqual([]);
});

test("an address that names no file of this machine is kept as it is, to be shown as refused", () => {
  const addresses = [
    "https://example.com/x.gguf",
    "file://server/share/x.gguf",
    "file:///%00.gguf",
    "file:///a%2Fb.gguf",
    "workbench://app/index.html",
  ];
  expect(files(...addresses)).toEqual(addresses.map((address) => (address.includes("%00") ? "/\0.gguf" : address)));
});

test("no more files are taken than one instance can hand over to another", () => {
  expect(files(...Array.from({ length: 5000 }, (_, index) => `${index}.gguf`))).toHaveLength(100);
});

test("in a clone, Electron's own arguments and the path of the app come before those of the app", () => {
  const own = (...argv: string[]): string[] => ownArguments(argv, "/clone", "/home/reader");
  expect(own("electron", "/clone", "a.gguf", "--x")).toEqual(["a.gguf", "--x"]);
  expect(own("electron", "-r", "/hold.cjs", "--no-sandbox", "/clone", "a.gguf")).toEqual(["a.gguf"]);
  expect(own("electron", "../../clone/", "a.gguf")).toEqual(["a.gguf"]);
  const packed = ["/opt/R1 Workbench/r1-workbench", "/clone/a.gguf", "--x"];
  expect(ownArguments(packed, "/opt/R1 Workbench/resources/app.asar", "/")).toEqual(["/clone/a.gguf", "--x"]);
});

test("files that come before the app can open them are kept in order, and opened once", () => {
  const opened: string[][] = [];
  const waiting = new FilesToOpen();
  waiting.add(["/a.gguf"]);
  waiting.add([]);
  waiting.add(["/b.gguf", "/c.gguf"]);
  waiting.begin((paths) => opened.push(paths));
  expect(opened).toEqual([["/a.gguf", "/b.gguf", "/c.gguf"]]);
  waiting.add(["/d.gguf"]);
  expect(opened).toEqual([["/a.gguf", "/b.gguf", "/c.gguf"], ["/d.gguf"]]);
});

test("from another instance, only a list of names is taken", () => {
  expect(filesHandedOver({ files: ["/a.gguf", 1, null, { path: "/b" }, "/c.gguf"] })).toEqual(["/a.gguf", "/c.gguf"]);
  for (const data of [undefined, null, "x", 1, [], {}, { files: "/a.gguf" }, { files: { length: 3 } }]) {
    expect(filesHandedOver(data)).toEqual([]);
  }
  expect(filesHandedOver({ files: Array.from({ length: 100_000 }, () => "/a.gguf") })).toHaveLength(1000);
});

test("arguments that are too long for the first instance become fewer files with the same switches", () => {
  expect(shortArguments(["app", "--x", "/a.gguf"], ["--x", "/a.gguf"], ["/a.gguf"])).toBeNull();
  const many = Array.from({ length: 2000 }, (_, index) => `/models/a-long-name-${index}.gguf`);
  const own = ["--x", ...many, "--", "--y"];
  const shorter = shortArguments(["electron", "-r", "/hold.cjs", "/clone", ...own], own, [...many, "/--y"]) ?? [];
  expect(shorter.slice(0, 6)).toEqual(["-r", "/hold.cjs", "/clone", "--x", "--", many[0]]);
  expect(shorter.length).toBeGreaterThan(100);
});

test("what starts again because its arguments were too long never does so twice", () => {
  const long = (length: number, begin: string): string => begin + "a".repeat(length);
  const files = [
    ...[3994, 3994, 3994, 3994].map((length) => long(length, "/")),
    ...Array.from({ length: 3000 }, (_, index) => `/模型/${index}.gguf`),
  ];
  const cases = [
    files,
    [long(30_000, "--x="), ...files],
    [...Array.from({ length: 900 }, () => "--some-switch"), ...files],
  ];
  for (const own of cases) {
    const shorter = shortArguments(["/opt/R1 Workbench/r1-workbench", ...own], own, files) ?? [];
    expect(shorter).toContain("--");
    expect(shortArguments(["/opt/R1 Workbench/r1-workbench", ...shorter], shorter, files)).toBeNull();
  }
  // What cannot become shorter is left as it is.
  expect(shortArguments([long(20_000, "/"), ...files], files, files)).toBeNull();
});

test("the list of files stays below what can be handed over, whatever their characters", () => {
  expect(filesWithinLimit(Array.from({ length: 100 }, () => `/${"a".repeat(2000)}`))).toHaveLength(2);
  expect(filesWithinLimit(Array.from({ length: 100 }, () => `/${"模".repeat(2000)}`))).toHaveLength(2);
  expect(filesWithinLimit(Array.from({ length: 20 }, (_, index) => `/home/reader/models/${index}.gguf`))).toHaveLength(
    20,
  );
});
