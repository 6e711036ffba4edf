import { renameSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it, vi } from "vitest";
import { goneFiles } from "../../../electron/workbench/documents/folders/goneFiles.ts";
import { listDocuments } from "../../../electron/workbench/documents/folders/listDocuments.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** What a drive does that fails, by the ends of paths: before a folder or file there is looked at. */
const faults = vi.hoisted(() => new Map<string, () => void>());
vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  const fails = (path: unknown): void => {
    for (const [end, fault] of faults) if (String(path).endsWith(end)) fault();
  };
  const opendirSync: typeof files.opendirSync = (path, ...rest) => {
    fails(path);
    return files.opendirSync(path, ...rest);
  };
  const lstatSync = ((path: string, options: object) => {
    fails(path);
    return files.lstatSync(path, options);
  }) as typeof files.lstatSync;
  return { ...files, opendirSync, lstatSync };
});
const broken = (code: string) => (): never => {
  throw Object.assign(new Error(code), { code });
};

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  faults.clear();
});

async function put(...places: string[]): Promise<void> {
  for (const place of places) {
    const path = join(folder, "root", place);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, place);
  }
}
function list(limits?: Parameters<typeof listDocuments>[2]) {
  const listed = listDocuments(join(folder, "root"), join(folder, "root", "app"), limits);
  if ("trouble" in listed) throw new Error(listed.trouble);
  return { ...listed, places: listed.files.map(({ place }) => place) };
}

it("lists the documents of a folder and of its folders, in the order of their names, and counts the others", async () => {
  await put("b.md", "a.PDF", "sub/deep/c.txt", "sub/d.docx", "photo.jpg", "noending", ".hidden.md", "~$lock.docx");
  await put(".git/config.txt", "node_modules/x/readme.md", "app/log.txt");
  const { places, leftOut } = list();
  expect(places).toEqual(["a.PDF", "b.md", "sub/d.docx", "sub/deep/c.txt"]);
  expect(leftOut).toMatchObject({ others: 2, hidden: 3, trees: 1, links: 0, beyond: 0, isCut: false });
});

it("follows no links, whether to files or folders", async () => {
  await put("a.md");
  await mkdir(join(folder, "outside"));
  await writeFile(join(folder, "outside", "secret.md"), "secret");
  await symlink(join(folder, "outside"), join(folder, "root", "linked"), "junction");
  if (process.platform !== "win32")
    await symlink(join(folder, "outside", "secret.md"), join(folder, "root", "secret.md"));
  const { places, leftOut } = list();
  expect(places).toEqual(["a.md"]);
  expect(leftOut.links).toBe(process.platform === "win32" ? 1 : 2);
});

it("stops at its limits, and counts what is beyond them", async () => {
  await put("a.md", "b.md", "c.md", "one/two/three/d.md", "one/e.md");
  expect(list({ files: 2, depth: 12, entries: 100 })).toMatchObject({
    places: ["a.md", "b.md"],
    leftOut: { beyond: 3 },
  });
  expect(list({ files: 9, depth: 1, entries: 100 })).toMatchObject({
    places: ["a.md", "b.md", "c.md", "one/e.md"],
    leftOut: { deep: 1 },
  });
  const cut = list({ files: 9, depth: 12, entries: 4 });
  expect(cut.leftOut.isCut).toBe(true);
  expect(cut.places.length).toBeLessThan(5);
});

it("tells a file that was changed from what it was", async () => {
  await put("a.md");
  const [before] = list().files;
  await writeFile(join(folder, "root", "a.md"), "longer than before");
  const [after] = list().files;
  expect(after?.version).not.toBe(before?.version);
  expect(list().files[0]).toEqual(after);
});

it("says that a folder is gone, also if a file has its name", async () => {
  expect(listDocuments(join(folder, "none"), "")).toEqual({ trouble: "gone" });
  await writeFile(join(folder, "file"), "");
  expect(listDocuments(join(folder, "file"), "")).toEqual({ trouble: "gone" });
});

it("takes what cannot be looked at for no file that is gone, and counts it", async () => {
  await put("a.md", "b.md", "broken/c.md", "broken/deep/d.md", "gone/e.md", "goner.md", "ok/f.md");
  const known = list().places;
  faults.set("b.md", broken("EIO"));
  faults.set("broken", broken("EIO"));
  faults.set("gone", broken("ENOENT"));
  faults.set("goner.md", broken("ENOENT"));
  const listed = list();
  expect(listed.places).toEqual(["a.md", "ok/f.md"]);
  expect(listed.unseen).toEqual(["b.md", "broken"]);
  expect(listed.leftOut.closed).toBe(2);
  expect(goneFiles(known, listed)).toEqual(["goner.md", "gone/e.md"]);
  // As damaged rows would have them.
  expect(goneFiles(["", "/", "/b.md", "broken/"], listed)).toEqual(["", "/", "/b.md"]);
  // What was not looked at may be there.
  const cut = list({ files: 9, depth: 12, entries: 2 });
  expect(cut.leftOut.isCut).toBe(true);
  expect(goneFiles(known, cut)).toEqual([]);
});

it("says that a folder is gone if its drive is unplugged while it is listed", async () => {
  await put("a.md", "sub/b.md");
  faults.set("sub", () => {
    faults.clear();
    renameSync(join(folder, "root"), join(folder, "away"));
    broken("ENOENT")();
  });
  expect(() => list()).toThrow("gone");
});

it.runIf(process.platform === "linux")("counts files whose names are no text", async () => {
  await put("a.md");
  await writeFile(
    Buffer.concat([Buffer.from(join(folder, "root", "b")), Buffer.from([0xe9]), Buffer.from(".md")]),
    "b",
  );
  const { places, leftOut } = list();
  expect(places).toEqual(["a.md"]);
  expect(leftOut.closed).toBe(1);
});

it("refuses the app's own folder, also by a link, and those in it", async () => {
  await put("app/logs/a.md");
  const app = join(folder, "root", "app");
  await symlink(app, join(folder, "link"), "junction");
  for (const own of [app, join(app, "logs"), join(folder, "link", "logs")])
    expect(listDocuments(own, app)).toEqual({ trouble: "own" });
  expect(list().places).toEqual([]);
});
