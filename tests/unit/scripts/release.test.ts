import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, test } from "vitest";
import { fileKinds, readReleaseDocument } from "../../../electron/workbench/updates/releaseDocument.ts";
import { parseUpdateSource } from "../../../electron/workbench/updates/UpdateSource.ts";
import { changelogEntries } from "../../../scripts/release/changelog.mjs";
import { versionProblems } from "../../../scripts/release/checkVersion.mjs";
import { packageOf } from "../../../scripts/release/releaseFiles.mjs";
import { shippedOnly } from "../../../scripts/release/sbom.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);
const read = (name: string): Promise<string> => readFile(join(root, name), "utf8");
const script = (name: string, args: string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, [join(root, "scripts", "release", `${name}.mjs`), ...args], {
    env: { ...process.env, ...env },
  });

describe("the version", () => {
  const texts = {
    tag: "v1.2.3",
    manifest: `{"version":"1.2.3"}`,
    lockfile: `{"version":"1.2.3"}`,
    changelog: "# Changes\n\n## 1.2.3 — 2027-01-02\n\n- One\n\n## 1.2.2 — 2027-01-01\n\n- Two\n",
  };

  it("is the same in the tag, package.json, the lockfile and the newest heading of the changes", () => {
    expect(versionProblems(texts)).toEqual([]);
    expect(versionProblems({ ...texts, tag: "v1.2.4" })).toEqual(["The tag is v1.2.4, but package.json says 1.2.3."]);
    expect(versionProblems({ ...texts, tag: "1.2.3" })).toHaveLength(1);
    expect(versionProblems({ ...texts, lockfile: `{"version":"1.2.2"}` })).toHaveLength(1);
    expect(versionProblems({ ...texts, changelog: texts.changelog.slice(30) })).toEqual([
      "The newest heading of CHANGELOG.md is for 1.2.2, not for 1.2.3.",
    ]);
    expect(versionProblems({ ...texts, changelog: "## 1.2.3 — 2027-01-02\n" })).toEqual([
      "CHANGELOG.md says nothing about 1.2.3.",
    ]);
    expect(versionProblems({ ...texts, tag: null, manifest: `{"version":"1.2.3-beta"}` })).not.toEqual([]);
  });

  it("is so here", async () => {
    const [manifest = "", lockfile = "", changelog = ""] = await Promise.all(
      ["package.json", "package-lock.json", "CHANGELOG.md"].map(read),
    );
    expect(versionProblems({ tag: null, manifest, lockfile, changelog })).toEqual([]);
  });

  it("has its own part of the changes", () => {
    expect(changelogEntries(texts.changelog)).toEqual([
      { version: "1.2.3", date: "2027-01-02", notes: "- One" },
      { version: "1.2.2", date: "2027-01-01", notes: "- Two" },
    ]);
  });
});

test("each package that electron-builder.yml names is recognized, and nothing else", async () => {
  expect(packageOf("r1-workbench-0.1.0-linux-x64.AppImage")).toEqual({ kind: "appimage", arch: "x64" });
  expect(packageOf("r1-workbench-0.1.0-linux-x86_64.AppImage")).toEqual({ kind: "appimage", arch: "x64" });
  expect(packageOf("r1-workbench-0.1.0-linux-arm64.tar.gz")).toEqual({ kind: "folder", arch: "arm64" });
  expect(packageOf("r1-workbench_0.1.0_amd64.deb")).toEqual({ kind: "deb", arch: "x64" });
  expect(packageOf("r1-workbench-0.1.0.aarch64.rpm")).toEqual({ kind: "rpm", arch: "arm64" });
  expect(packageOf("r1-workbench-0.1.0-mac-arm64.zip")).toEqual({ kind: "mac", arch: "arm64" });
  expect(packageOf("r1-workbench-0.1.0-win-x64-setup.exe")).toEqual({ kind: "nsis", arch: "x64" });
  expect(packageOf("r1-workbench-0.1.0-win-arm64-portable.exe")).toEqual({ kind: "portable", arch: "arm64" });
  for (const name of ["SHA256SUMS", "sbom.cdx.json", "r1-workbench-0.1.0-mac-x64.dmg", "update.json"]) {
    expect(packageOf(name), name).toBeNull();
  }
  expect(() => packageOf("r1-workbench.deb")).toThrow();
  const config = await read("electron-builder.yml");
  const named = [...config.matchAll(/^ {2}artifactName: (.+)$/gm)].flatMap(([, pattern = ""]) =>
    (pattern.startsWith("${name}-${version}-${os}-${arch}.")
      ? ["linux:tar.gz", "linux:AppImage", "mac:zip"]
      : pattern.includes("deb") || pattern.includes("_")
        ? ["linux:deb"]
        : pattern.includes("-setup") || pattern.includes("-portable")
          ? ["win:exe"]
          : ["linux:rpm"]
    ).map((target) => {
      const [os = "", ext = ""] = target.split(":");
      const values: Record<string, string> = { name: "r1-workbench", version: "0.1.0", os, ext, arch: "x64" };
      return pattern.replace(/\$\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
    }),
  );
  expect(new Set(named.map((name) => packageOf(name)?.kind))).toEqual(new Set(fileKinds));
});

test("the description of a release is one that the app accepts, and the checksums are right", async () => {
  const folder = await temporaryFolder();
  const names = ["r1-workbench-0.1.0-linux-x64.AppImage", "r1-workbench_0.1.0_amd64.deb", "notes.txt"];
  for (const name of names) await writeFile(join(folder, name), name);
  const keys = Object.fromEntries(
    (await script("updateKey", [])).stdout
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  ) as { R1_UPDATE_KEY: string; R1_UPDATE_SIGNING_KEY: string };
  await script("describeRelease", [folder], keys);
  const source = parseUpdateSource({
    url: "https://github.com/owner/name/releases",
    key: keys.R1_UPDATE_KEY,
    publisher: null,
  });
  if (source === null) throw new Error("The key is not usable.");
  const text = await readFile(join(folder, "update.json"), "utf8");
  const { version, notes, files } = readReleaseDocument(text, source);
  expect(version).toBe((JSON.parse(await read("package.json")) as { version: string }).version);
  expect(notes).toContain("- ");
  const sha512 = (name: string): string => createHash("sha512").update(name).digest("hex");
  expect(files).toEqual([
    { name: names[0], kind: "appimage", arch: "x64", sizeBytes: names[0]?.length, sha512: sha512(names[0] ?? "") },
    { name: names[1], kind: "deb", arch: "x64", sizeBytes: names[1]?.length, sha512: sha512(names[1] ?? "") },
  ]);

  await script("checksums", [folder]);
  const sums = (await readFile(join(folder, "SHA256SUMS"), "utf8")).trim().split("\n");
  expect(sums).toHaveLength(4);
  expect(sums).toContain(`${createHash("sha256").update("notes.txt").digest("hex")}  notes.txt`);

  const other = (await script("updateKey", [])).stdout.split("\n")[0]?.slice("R1_UPDATE_KEY=".length);
  await expect(script("describeRelease", [folder], { ...keys, R1_UPDATE_KEY: other })).rejects.toThrow(/not a pair/);
  await expect(script("describeRelease", [folder], { ...keys, R1_UPDATE_SIGNING_KEY: "" })).rejects.toThrow(
    /keys from/,
  );
});

test("the list of software has what ships, and not what only builds or tests", () => {
  const component = (name: string, isDevelopment = false) => ({
    "bom-ref": `${name}@1.0.0`,
    name,
    version: "1.0.0",
    properties: isDevelopment ? [{ name: "cdx:npm:package:development", value: "true" }] : [],
  });
  const bom = {
    metadata: { component: component("x") },
    components: [component("node-llama-cpp"), component("cmake-js"), component("react", true), component("vite", true)],
    dependencies: [{ ref: "node-llama-cpp@1.0.0", dependsOn: ["cmake-js@1.0.0"] }, { ref: "vite@1.0.0" }],
  };
  const shipped = shippedOnly(bom, new Set(["react@1.0.0"]), [component("llama.cpp")]);
  expect(shipped.components.map(({ name }) => name)).toEqual(["node-llama-cpp", "react", "llama.cpp"]);
  expect(shipped.components.flatMap(({ properties }) => properties)).toEqual([]);
  expect(shipped.dependencies).toEqual([
    { ref: "node-llama-cpp@1.0.0", dependsOn: [] },
    { ref: "llama.cpp@1.0.0", dependsOn: [] },
  ]);
});

test("each script that a workflow runs exists, and no action is anybody else's than GitHub's", async () => {
  const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
  for (const name of ["ci", "release"]) {
    const workflow = await read(`.github/workflows/${name}.yml`);
    const files = [...workflow.matchAll(/node (scripts\/\S+\.mjs)/g)].map(([, file = ""]) => file);
    await Promise.all(files.map(read));
    const commands = [...workflow.matchAll(/npm (?:run )?(test:\w+|[\w-]+)/g)].map(([, command = ""]) => command);
    expect(commands.filter((command) => command !== "ci" && scripts[command] === undefined)).toEqual([]);
    const actions = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action = ""]) => action);
    expect(actions.filter((action) => !/^actions\/[\w-]+@v\d+$/.test(action))).toEqual([]);
    // Without namespaces of ordinary users, the tests of the packaged app fail on Ubuntu.
    expect(workflow.split(/run: npm test$/m)[0]).toContain("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    // What comes from outside reaches a shell only as a variable.
    const steps = workflow.split("\n").filter((line) => /^\s*(- )?run:|^ {10}\S/.test(line));
    expect(steps.filter((line) => /run:.*\$\{\{ *github/.test(line))).toEqual([]);
  }
});
