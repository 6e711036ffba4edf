import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { unpackPiece } from "../../../electron/workbench/components/unpackPiece.ts";
import { madePiece, type MadePiece } from "../../support/components/madeComponent.ts";
import type { TarEntry } from "../../support/components/tarball.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const files = { "package.json": "{}", "bins/a.so": randomBytes(3_000_000), LICENSE: "MIT" };
const entries: TarEntry[] = Object.entries(files).map(([path, content]) => ({
  path: `package/${path}`,
  content: Buffer.from(content),
}));
const never = new AbortController().signal;

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

function unpack({ archive, piece }: MadePiece, signal = never, onBytes: (bytes: number) => void = () => undefined) {
  const path = join(folder, "archive.tgz");
  writeFileSync(path, archive);
  return unpackPiece(path, piece, join(folder, "out"), signal, onBytes);
}

const refusal = expect.objectContaining({ code: "component-mismatch" });

test("an archive is unpacked with exactly the files of the list, readable by their owner only", async () => {
  let bytes = 0;
  await unpack(madePiece("x", files), never, (count) => (bytes += count));
  expect(bytes).toBe(3_000_005);
  for (const [path, content] of Object.entries(files)) {
    expect(readFileSync(join(folder, "out", path)).equals(Buffer.from(content)), path).toBe(true);
  }
  expect(readdirSync(join(folder, "out")).toSorted()).toEqual(["LICENSE", "bins", "package.json"]);
});

test.each<[string, TarEntry[]]>([
  ["a file above its folder", [...entries, { path: "package/../../escaped", content: Buffer.from("x") }]],
  ["an absolute path", [...entries, { path: "/tmp/escaped", content: Buffer.from("x") }]],
  ["a file beside the package", [...entries, { path: "other/x", content: Buffer.from("x") }]],
  ["a file that is not listed", [...entries, { path: "package/bins/b.so", content: Buffer.from("x") }]],
  ["a symbolic link", [...entries, { path: "package/link", type: "SymbolicLink", linkpath: "/etc/passwd" }]],
  ["a symbolic link in the place of a file", [{ path: "package/bins/a.so", type: "SymbolicLink", linkpath: "/x" }]],
  ["a hard link", [...entries, { path: "package/hard", type: "Link", linkpath: "package/LICENSE" }]],
  ["a device", [...entries, { path: "package/null", type: "CharacterDevice" }]],
  ["a pipe", [...entries, { path: "package/pipe", type: "FIFO" }]],
  ["a folder", [...entries, { path: "package/more/", type: "Directory" }]],
  ["the same file twice", [...entries, ...entries.slice(0, 1)]],
  ["a file too few", entries.slice(1)],
  ["no file at all", []],
  [
    "another content of the same length",
    [...entries.slice(1), { path: "package/package.json", content: Buffer.from("[]") }],
  ],
  ["a longer file", [...entries.slice(1), { path: "package/package.json", content: Buffer.from("{} ") }]],
  [
    "a size beyond its end",
    [...entries.slice(1), { path: "package/package.json", content: Buffer.from("{}"), size: 900_000 }],
  ],
  ["a great number of files", [...entries, ...Array.from({ length: 5000 }, (_, at) => ({ path: `package/${at}` }))]],
])("an archive with %s is refused", async (_what, given) => {
  await expect(unpack(madePiece("x", files, given))).rejects.toEqual(refusal);
  expect(existsSync(join(folder, "escaped"))).toBe(false);
  expect(existsSync("/tmp/escaped")).toBe(false);
});

test("one that unpacks to more than its files, by how little ever, is given up soon", async () => {
  const made = madePiece("x", files);
  const bomb = gzipSync(Buffer.alloc(500_000_000), { level: 1 });
  const before = process.memoryUsage.rss();
  await expect(unpack({ ...made, archive: Buffer.concat([made.archive, bomb]) })).rejects.toEqual(refusal);
  await expect(unpack({ ...made, archive: bomb })).rejects.toEqual(refusal);
  expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
});

test.each([
  ["nothing", () => Buffer.alloc(0)],
  ["noise", () => randomBytes(10_000)],
  ["a web page", () => Buffer.from("<html>sign in</html>")],
  ["an archive that is cut off", (archive: Buffer) => archive.subarray(0, archive.length / 2)],
  [
    "one with a flipped bit",
    (archive: Buffer) => Buffer.from(archive.map((byte, at) => (at === 2_000_000 ? byte ^ 1 : byte))),
  ],
  ["one that is not compressed", () => Buffer.alloc(20_480)],
])("%s is refused", async (_what, made) => {
  const piece = madePiece("x", files);
  await expect(unpack({ ...piece, archive: made(piece.archive) })).rejects.toEqual(refusal);
});

test("it ends at once when it is stopped", async () => {
  const stop = new AbortController();
  const work = unpack(madePiece("x", files), stop.signal, () => stop.abort());
  await expect(work).rejects.toEqual(expect.objectContaining({ name: "AbortError" }));
});

test("a disk that refuses is reported as it is", async () => {
  writeFileSync(join(folder, "out"), "in the way");
  await expect(unpack(madePiece("x", files))).rejects.toEqual(expect.objectContaining({ syscall: "mkdir" }));
});
