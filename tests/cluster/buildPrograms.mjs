import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { command, tail } from "../../scripts/setup/command.mjs";
import { cacheFolder, root } from "../../scripts/setup/paths.mjs";
import { say } from "../../scripts/setup/say.mjs";
import { SetupProblem } from "../../scripts/setup/SetupProblem.mjs";

const bundle = join(root, "node_modules", "node-llama-cpp", "llama", "gitRelease.bundle");
/** Only what runs on the processor, as two files without libraries of their own. Nothing is downloaded. */
const settings = [
  "CMAKE_BUILD_TYPE=Release",
  "BUILD_SHARED_LIBS=OFF",
  "GGML_RPC=ON",
  "GGML_NATIVE=OFF",
  "GGML_OPENMP=OFF",
  "LLAMA_OPENSSL=OFF",
  "LLAMA_BUILD_TESTS=OFF",
  "LLAMA_BUILD_EXAMPLES=OFF",
  "LLAMA_BUILD_APP=OFF",
  "LLAMA_BUILD_UI=OFF",
  "LLAMA_USE_PREBUILT_UI=OFF",
].map((setting) => `-D${setting}`);
const targets = ["llama-server", "ggml-rpc-server"];

/** @typedef {{ server: string, worker: string, version: string }} Programs */

/**
 * Resolves with llama-server and rpc-server, built from the llama.cpp sources that node-llama-cpp contains, unless that
 * was done before. Rejects with a SetupProblem.
 * @param {string | null} folder where they are already, if anywhere
 * @returns {Promise<Programs>}
 */
export async function buildPrograms(folder) {
  const heads = await run("git", ["bundle", "list-heads", bundle]);
  const version = heads.slice(0, 7);
  const home = join(cacheFolder(), `llama.cpp-${version}`);
  const built = folder ?? join(home, "build", "bin");
  const [server, worker] = targets.map((name) => join(built, process.platform === "win32" ? `${name}.exe` : name));
  if (!existsSync(server) || !existsSync(worker)) {
    if (folder !== null) throw new SetupProblem(`${folder} has no ${targets.join(" and ")}.`);
    await build(home);
  }
  return { server, worker, version };
}

/** @param {string} home */
async function build(home) {
  say(`Building ${targets.join(" and ")} in ${home}, once. This takes 5 to 30 minutes.`);
  const sources = join(home, "source");
  await rm(sources, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await run("git", ["clone", "--quiet", bundle, sources]);
  await run("cmake", ["-S", sources, "-B", join(home, "build"), ...settings]);
  await run("cmake", ["--build", join(home, "build"), "--config", "Release", "--parallel", "--target", ...targets]);
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function run(program, args) {
  const result = await command(program, args);
  if (result.code === 0) return result.stdout;
  throw new SetupProblem(`This needs git, cmake and a C++ compiler. “${program}” failed:\n${tail(result)}`);
}
