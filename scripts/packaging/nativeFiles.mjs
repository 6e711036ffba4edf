import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** @typedef {{ path: string, target: string }} NativeFile `target` is such as "linux-arm64"; "other" if it is none of ours. */

const elfMachines = new Map([
  [0x3e, "linux-x64"],
  [0xb7, "linux-arm64"],
]);
const machMachines = new Map([
  [0x01000007, "darwin-x64"],
  [0x0100000c, "darwin-arm64"],
]);
const peMachines = new Map([
  [0x8664, "win32-x64"],
  [0xaa64, "win32-arm64"],
]);
const headBytes = 4096;

/**
 * Resolves with the programs and libraries in a folder, at any depth, and what each runs on according to its header.
 * @param {string} folder
 * @returns {Promise<NativeFile[]>} with paths relative to the folder
 */
export async function nativeFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  /** @type {NativeFile[]} */
  const found = [];
  for (const file of files) {
    const target = targetOf(await headOf(file));
    if (target !== null) found.push({ path: file.slice(folder.length + 1), target });
  }
  return found;
}

/**
 * Returns what a program or library runs on, or null if the file is neither.
 * @param {Buffer} head its first 4,096 bytes, or all
 */
export function targetOf(head) {
  if (head.length < 64) return null;
  const magic = head.readUInt32BE(0);
  if (magic === 0x7f454c46) return elfMachines.get(head.readUInt16LE(18)) ?? "other";
  if (magic === 0xcffaedfe) return machMachines.get(head.readUInt32LE(4)) ?? "other";
  // One file for several processors, or for a 32-bit one.
  if (magic === 0xcafebabe || magic === 0xcefaedfe) return "other";
  if (head.toString("latin1", 0, 2) !== "MZ") return null;
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > head.length || head.toString("latin1", at, at + 2) !== "PE") return "other";
  return peMachines.get(head.readUInt16LE(at + 4)) ?? "other";
}

/** @param {string} file */
async function headOf(file) {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
