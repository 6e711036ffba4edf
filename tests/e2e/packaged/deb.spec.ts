import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { builtPackages } from "./builtPackages.ts";

const { deb, folder: app } = builtPackages;
const run = promisify(execFile);
let folder: string;

test.skip(process.platform !== "linux" || process.arch !== "x64", "Packages are tried on Linux x64 only, so far.");

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-deb-"));
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("the deb has its facts, and puts root's files where they belong", async () => {
  const { stdout: control } = await run("dpkg-deb", ["--field", deb]);
  expect(control).toContain("Package: r1-workbench\n");
  expect(control).toContain("Architecture: amd64\n");
  expect(control).toMatch(/^Depends: .*libgtk-3-0 \| libgtk-3-0t64/m);
  expect(control).toMatch(/^Maintainer: .+ <.+@.+>$/m);
  expect(control).toMatch(/^Homepage: https:/m);

  const { stdout } = await run("dpkg-deb", ["--contents", deb], { maxBuffer: 16 * 1024 * 1024 });
  const files = stdout.trim().split("\n").map(parsedEntry);
  expect(files.filter(({ owner }) => owner !== "root/root")).toEqual([]);
  // Nobody but root may change what everyone runs.
  expect(files.filter(({ mode }) => !mode.startsWith("l") && mode.at(-2) === "w")).toEqual([]);
  const places = files.map(({ path }) => path).filter((path) => !path.endsWith("/"));
  const expected = /^\.\/(opt\/r1-workbench\/|usr\/share\/(applications|icons\/hicolor|mime\/packages)\/)/;
  expect(places.filter((path) => !expected.test(path))).toEqual([]);
  for (const size of [16, 32, 48, 64, 128, 256, 512]) {
    expect(places).toContain(`./usr/share/icons/hicolor/${size}x${size}/apps/r1-workbench.png`);
  }
});

test("its desktop entry opens .gguf files, and speaks three languages", async () => {
  await run("sh", ["-c", 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" ./usr/share', "sh", deb, folder]);
  const file = join(folder, "usr", "share", "applications", "r1-workbench.desktop");
  const entry = await readFile(file, "utf8");
  const value = (key: string): string | undefined =>
    entry
      .split("\n")
      .find((line) => line.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  expect(value("Exec")).toBe("/opt/r1-workbench/r1-workbench %U");
  expect(value("Name")).toBe("R1 Workbench");
  expect(value("Icon")).toBe("r1-workbench");
  expect(value("MimeType")).toBe("application/x-gguf;");
  for (const key of ["Comment", "Keywords", "GenericName"]) {
    const said = [value(key), value(`${key}[fr]`), value(`${key}[zh_CN]`)];
    expect(new Set(said.filter((text) => text !== undefined && text !== "")).size).toBe(3);
  }
  const validator = await run("sh", ["-c", "command -v desktop-file-validate || true"]);
  if (validator.stdout !== "") expect((await run("desktop-file-validate", [file])).stdout).toBe("");

  const mime = await readFile(join(folder, "usr", "share", "mime", "packages", "r1-workbench.xml"), "utf8");
  expect(mime).toContain('<mime-type type="application/x-gguf">');
  expect(mime).toContain('<glob pattern="*.gguf"/>');
});

test("every library that it links against is in it or in a package that it depends on", async () => {
  const { stdout: control } = await run("dpkg-deb", ["--field", deb, "Depends", "Recommends"]);
  const named = new Set(control.split(/[\s,|:()]+/));
  // The deb has the same files as the folder.
  const list =
    'find "$1" -type f \\( -name "*.so*" -o -name "*.node" -o -perm -u+x \\) -exec objdump -p {} + 2>/dev/null';
  const { stdout: dumped } = await run("sh", ["-c", `${list} || true`, "sh", app], { maxBuffer: 64 * 1024 * 1024 });
  const needed = new Set([...dumped.matchAll(/^\s+NEEDED\s+(\S+)$/gm)].map(([, name = ""]) => name));
  test.skip(needed.size === 0, "objdump (Debian: binutils) is not installed.");
  const { stdout: own } = await run("find", [app, "-name", "*.so*", "-printf", "%f\n"]);
  const outside = [...needed].filter((name) => !own.split("\n").includes(name));
  expect(outside).toContain("libgtk-3.so.0");

  const missing: string[] = [];
  for (const library of outside) {
    const owners = await packagesOf(library);
    // One that is not installed here cannot be judged; the app would not start without it.
    if (owners.length > 0 && !owners.some((name) => named.has(name))) missing.push(`${library} (${owners.join(", ")})`);
  }
  expect(missing).toEqual([]);
});

/** Returns the installed Debian packages with a library of this name. */
async function packagesOf(library: string): Promise<string[]> {
  try {
    const { stdout } = await run("dpkg-query", ["--search", `*/${library}`]);
    const found = stdout
      .trim()
      .split("\n")
      .filter((line) => line.endsWith(`/${library}`));
    return [...new Set(found.map((line) => line.slice(0, line.indexOf(":"))))];
  } catch {
    return [];
  }
}

function parsedEntry(line: string): { mode: string; owner: string; path: string } {
  const [, mode = "", owner = "", path = ""] = /^(\S+) (\S+)\s+\d+ \S+ \S+ (.+)$/.exec(line) ?? [];
  return { mode, owner, path };
}
