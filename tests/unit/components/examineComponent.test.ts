import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { componentsFolder, folderName } from "../../../electron/workbench/components/componentFolder.ts";
import {
  type ComponentRelease,
  readComponentReleases,
} from "../../../electron/workbench/components/ComponentRelease.ts";
import { examineComponent } from "../../../electron/workbench/components/examineComponent.ts";
import { InstalledComponents } from "../../../electron/workbench/components/InstalledComponents.ts";
import { madePiece, madeRelease, writeComponentsFile } from "../../support/components/madeComponent.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const hashWorker = fileURLToPath(new URL("../../../out/workbench/hashWorker.js", import.meta.url));
const files = { "package.json": "{}", "bins/linux-x64/lib.so": "machine code", "dist/index.js": "export {};" };
const pieces = [madePiece("linux-x64-made", files), madePiece("linux-x64-made-ext", { "bins/more.so": "more" })];
const base = "https://components.test";

let home: string;
let release: ComponentRelease;
let library: string;
beforeEach(async () => {
  home = await temporaryFolder();
  release = madeRelease(home, base, pieces);
  const folder = join(componentsFolder(home), folderName(release));
  for (const [name, content] of Object.entries(files))
    put(join(folder, "@node-llama-cpp", "linux-x64-made", name), content);
  put(join(folder, "@node-llama-cpp", "linux-x64-made-ext", "bins", "more.so"), "more");
  library = join(folder, "@node-llama-cpp", "linux-x64-made", "bins", "linux-x64", "lib.so");
});

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const stateOf = async (more = {}) =>
  (await examineComponent(home, release, { hashWorker, remembers: true, ...more })).state;

test("what is whole is installed, what is not there is absent", async () => {
  expect(await stateOf()).toBe("installed");
  rmSync(join(componentsFolder(home), folderName(release)), { recursive: true });
  expect(await stateOf()).toBe("absent");
});

describe("damaged is", () => {
  test("a library with another content of the same length, also with its old times", async () => {
    expect(await stateOf()).toBe("installed");
    const { atime, mtime } = statSync(library);
    writeFileSync(library, "MACHINE code");
    utimesSync(library, atime, mtime);
    expect(await stateOf()).toBe("damaged");
    expect(await stateOf()).toBe("damaged");
  });

  test("a library of another length, or none", async () => {
    writeFileSync(library, "machine");
    expect(await stateOf()).toBe("damaged");
    rmSync(library);
    expect(await stateOf()).toBe("damaged");
  });

  test("one more library in a folder from which the engine loads all", async () => {
    put(join(dirname(library), "libggml-more.so"), "also loaded");
    expect(await stateOf()).toBe("damaged");
  });

  test("a link in the place of a file, a folder or the whole", async () => {
    const elsewhere = join(home, "elsewhere");
    put(elsewhere, "machine code");
    rmSync(library);
    symlinkSync(elsewhere, library);
    expect(await stateOf()).toBe("damaged");
    rmSync(dirname(library), { recursive: true });
    put(join(home, "folder", "lib.so"), "machine code");
    symlinkSync(join(home, "folder"), dirname(library));
    expect(await stateOf()).toBe("damaged");
  });
});

test("a file that was touched is read once more, and then no more", async () => {
  expect(await stateOf()).toBe("installed");
  chmodSync(library, 0o640);
  // Without a worker, no file can be read.
  expect(await stateOf({ hashWorker: "/nowhere.js" })).toBe("damaged");
  expect(await stateOf()).toBe("installed");
  expect(await stateOf({ hashWorker: "/nowhere.js" })).toBe("installed");
  expect(await stateOf({ hashWorker: "/nowhere.js", isDeep: true })).toBe("damaged");
});

describe("the engine", () => {
  const installed = (entry = "/app/out/engine/engine.js") =>
    new InstalledComponents({
      home,
      componentsFile: writeComponentsFile(home, base, pieces),
      engine: { nodePath: "node", entry },
      hashWorker,
      remembers: true,
    });

  test("is told where a backend's packages are only while they are whole", async () => {
    const { engine } = installed();
    const folder = join(componentsFolder(home), folderName(release));
    expect(await engine.packagesFor?.("cuda")).toBe(folder);
    expect(await engine.packagesFor?.("vulkan")).toBeNull();
    writeFileSync(library, "MACHINE code");
    expect(await engine.packagesFor?.("cuda")).toBeNull();
  });

  test("has no components that the app's own package has", async () => {
    const app = join(home, "app");
    put(join(app, "node_modules", "@node-llama-cpp", "linux-x64-made", "package.json"), "{}");
    expect(installed().releases).toHaveLength(1);
    expect(installed(join(app, "out", "engine", "engine.js")).releases).toEqual([]);
  });

  test("does without one that was removed; of other versions nothing is left", async () => {
    const components = installed();
    const old = join(componentsFolder(home), "cuda-0.9.0-0123456789abcdef");
    put(join(old, "file"), "old");
    put(join(componentsFolder(home), ".removed-x", "file"), "old");
    put(join(componentsFolder(home), "notes.txt"), "the user's");
    await components.clean();
    const names = () => statSync(old, { throwIfNoEntry: false });
    expect(names()).toBeUndefined();
    expect(statSync(join(componentsFolder(home), "notes.txt")).isFile()).toBe(true);
    expect(await components.engine.packagesFor?.("cuda")).not.toBeNull();
    await components.remove(release);
    expect(await components.engine.packagesFor?.("cuda")).toBeNull();
    await components.remove(release);
  });
});

describe("a list of components", () => {
  const read = (change: object, ofPiece: object = {}) => {
    const path = join(home, "list.json");
    const [first] = pieces;
    const list = { base, components: { cuda: { here: [{ ...first?.piece, ...ofPiece }] } }, ...change };
    writeFileSync(path, JSON.stringify(list));
    return readComponentReleases(path, "here");
  };

  test("is for the system that it names", () => {
    expect(read({})).toMatchObject([{ name: "cuda", version: "1.0.0", base }]);
    expect(readComponentReleases(join(home, "list.json"), "elsewhere")).toEqual([]);
    expect(readComponentReleases(join(home, "none.json"), "here")).toEqual([]);
  });

  test.each([
    "http://components.test",
    "file:///etc",
    "https://user@components.test",
    "https://x.test/?a=b",
    "nowhere",
  ])("whose place is %s is refused", (place) => expect(read({ base: place })).toEqual([]));

  test.each(["../lib.so", "/lib.so", "a/../../lib.so", "a//b", "a\\b", "C:/x", ".hidden", "x:y", ""])(
    "with a file called “%s” is refused",
    (path) => expect(read({}, { files: [{ path, sizeBytes: 1, sha256: "0".repeat(64) }] })).toEqual([]),
  );

  test.each(["@other/x", "@node-llama-cpp/../x", "node-llama-cpp", "@node-llama-cpp/x/y"])(
    "with a package called “%s” is refused",
    (name) => expect(read({}, { package: name })).toEqual([]),
  );
});
