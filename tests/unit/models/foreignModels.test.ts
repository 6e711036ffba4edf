import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { appFolders } from "../../../electron/workbench/models/appFolders.ts";
import { findForeignModels } from "../../../electron/workbench/models/foreignModels.ts";
import { modelDigest } from "../../../electron/workbench/models/ollamaModels.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

async function put(path: string, text = "weights"): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const digest = "ab".repeat(32);
const manifest = (of: string, mediaType = "application/vnd.ollama.image.model") =>
  JSON.stringify({
    layers: [
      { mediaType: "application/vnd.ollama.image.projector", digest: `sha256:${"cd".repeat(32)}` },
      { mediaType, digest: of },
    ],
  });

test("the folders on Linux follow the environment, without duplicates", () => {
  const env = { HF_HOME: "/hf", HF_HUB_CACHE: "/hf/hub", OLLAMA_MODELS: "/big/ollama" };
  const folders = appFolders({ platform: "linux", home: "/home/me", env });
  const of = (owner: string) => folders.filter((each) => each.owner === owner).map(({ folder }) => folder);
  expect(of("lm-studio")).toEqual(["/home/me/.lmstudio/models", "/home/me/.cache/lm-studio/models"]);
  expect(of("jan")).toContain("/home/me/.local/share/Jan/data/llamacpp/models");
  expect(of("gpt4all")).toEqual(["/home/me/.local/share/nomic.ai/GPT4All"]);
  expect(of("hugging-face")).toEqual(["/hf/hub", "/home/me/.cache/huggingface/hub"]);
  expect(of("ollama").slice(0, 2)).toEqual(["/big/ollama", "/home/me/.ollama/models"]);
});

test("the folders on macOS and Windows", () => {
  const mac = appFolders({ platform: "darwin", home: "/Users/me", env: {} }).map(({ folder }) => folder);
  expect(mac).toContain("/Users/me/Library/Application Support/nomic.ai/GPT4All");
  const env = { LOCALAPPDATA: "C:\\Local", APPDATA: "C:\\Roaming" };
  const windows = appFolders({ platform: "win32", home: "C:\\me", env }).map(({ folder }) => folder);
  expect(windows).toContain("C:\\Local\\nomic.ai\\GPT4All");
  expect(windows).toContain("C:\\Roaming\\Jan\\data\\llamacpp\\models");
  expect(windows).toContain("C:\\me\\.ollama\\models");
});

test("LM Studio, Jan and GPT4All: models by their names, without companion and unfinished files", async () => {
  const root = await temporaryFolder();
  await put(join(root, "lms", "publisher", "repo", "R1-Q4_K_M.gguf"));
  await put(join(root, "lms", "publisher", "repo", "mmproj-R1.gguf"));
  await put(join(root, "jan", "owner", "r1-7b", "model.gguf"));
  await put(join(root, "jan", "owner", "r1-7b", "model.yml"), 'model_path: x\nname: "R1 7B"\n');
  await put(join(root, "jan", "plain", "model.gguf"));
  await put(join(root, "g4a", "R1.gguf"));
  await put(join(root, "g4a", "incomplete-R1.gguf"));
  const found = await findForeignModels([
    { owner: "lm-studio", folder: join(root, "lms") },
    { owner: "jan", folder: join(root, "jan") },
    { owner: "gpt4all", folder: join(root, "g4a") },
    { owner: "gpt4all", folder: join(root, "not-there") },
  ]);
  expect(found.map(({ owner, name, sizeBytes }) => [owner, name, sizeBytes])).toEqual([
    ["lm-studio", "R1-Q4_K_M", 7],
    ["jan", "R1 7B", 7],
    ["jan", "plain", 7],
    ["gpt4all", "R1", 7],
  ]);
});

test.skipIf(process.platform === "win32")("the Hugging Face cache: a blob once, however many snapshots", async () => {
  const hub = join(await temporaryFolder(), "hub");
  const repo = join(hub, "models--owner--name");
  await put(join(repo, "blobs", digest));
  for (const commit of ["1111", "2222"]) {
    await mkdir(join(repo, "snapshots", commit), { recursive: true });
    await symlink(`../../blobs/${digest}`, join(repo, "snapshots", commit, "R1.gguf"));
  }
  const found = await findForeignModels([{ owner: "hugging-face", folder: hub }]);
  expect(found).toEqual([
    { owner: "hugging-face", name: "R1", path: join(repo, "snapshots", "1111", "R1.gguf"), sizeBytes: 7 },
  ]);
});

test("Ollama: the model's blob, by its name and tag", async () => {
  const folder = await temporaryFolder();
  const manifests = join(folder, "manifests");
  await put(join(folder, "blobs", `sha256-${digest}`));
  await put(join(folder, "blobs", `sha256-${"ef".repeat(32)}`));
  await put(join(manifests, "registry.ollama.ai", "library", "deepseek-r1", "7b"), manifest(`sha256:${digest}`));
  await put(join(manifests, "hf.co", "owner", "repo", "Q4"), manifest(`sha256:${"ef".repeat(32)}`));
  const found = await findForeignModels([{ owner: "ollama", folder }]);
  expect(found.map(({ name, path }) => [name, path])).toEqual([
    ["hf.co/owner/repo:Q4", join(folder, "blobs", `sha256-${"ef".repeat(32)}`)],
    ["deepseek-r1:7b", join(folder, "blobs", `sha256-${digest}`)],
  ]);
});

test.each([
  ["no JSON", "<html>"],
  ["another shape", '{"layers":7}'],
  ["a path as digest", manifest("sha256:../../../../etc/passwd")],
  ["capital digits", manifest(`sha256:${"AB".repeat(32)}`)],
  ["a longer digest", manifest(`sha256:${digest}0`)],
  ["no model layer", manifest(`sha256:${digest}`, "application/vnd.ollama.image.adapter")],
])("a manifest with %s names no blob", (_, text) => {
  expect(modelDigest(text)).toBeNull();
});

test.skipIf(process.platform === "win32")("pipes, devices, circles and huge manifests are passed over", async () => {
  const root = await temporaryFolder();
  const folder = join(root, "ollama");
  const tags = join(folder, "manifests", "registry.ollama.ai", "library", "m");
  await mkdir(tags, { recursive: true });
  await mkdir(join(folder, "blobs"));
  execFileSync("mkfifo", [join(tags, "pipe"), join(folder, "blobs", `sha256-${digest}`), join(root, "pipe.gguf")]);
  await put(join(tags, "to-pipe"), manifest(`sha256:${digest}`));
  await put(join(tags, "huge"), `${manifest(`sha256:${digest}`)}${" ".repeat(2_000_000)}`);
  await symlink("/dev/zero", join(tags, "zero"));
  await symlink(folder, join(folder, "manifests", "circle"));
  await symlink("/dev/zero", join(root, "zero.gguf"));
  await symlink("loop.gguf", join(root, "loop.gguf"));
  await symlink(root, join(root, "circle"));
  const found = await findForeignModels([
    { owner: "ollama", folder },
    { owner: "lm-studio", folder: root },
  ]);
  expect(found).toEqual([]);
});
