import { nativeFiles } from "./nativeFiles.mjs";

/** What no package works without, one file of each. Paths are compared with forward slashes. */
const required = {
  "the Node that runs the engine": /\/node\/node(\.exe)?$/,
  "the engine": /\/@node-llama-cpp\/[^/]+\/bins\/[^/]+\/llama-addon\.node$/,
  "the chats' database": /\/@photostructure\/sqlite\/prebuilds\/.+\.node$/,
  "the encrypted chats' database": /\/better-sqlite3-multiple-ciphers\/prebuilds\/[^/]+\.node$/,
  "the downloads' checksums": /\/@node-rs\/crc32-[^/]+\/.+\.node$/,
};

/**
 * Throws if a package lacks a native part or contains one for another system or processor.
 * @param {string} folder the unpacked package
 * @param {string} target such as "darwin-arm64"
 */
export async function assertContents(folder, target) {
  const files = (await nativeFiles(folder)).map(({ path, target: of }) => ({
    path: `/${path.replaceAll("\\", "/")}`,
    of,
  }));
  const foreign = files.filter(({ of }) => of !== target).map(({ path, of }) => `${path} (${of})`);
  if (foreign.length > 0)
    throw new Error(`The package for ${target} contains files for others:\n${foreign.join("\n")}`);
  const missing = Object.entries(required).filter(([, pattern]) => !files.some(({ path }) => pattern.test(path)));
  if (missing.length > 0)
    throw new Error(`The package for ${target} lacks ${missing.map(([name]) => name).join(", ")}.`);
}
