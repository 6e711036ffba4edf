import { runTool, type RunTool } from "../hardware/runTool.ts";
import { type SystemFiles, systemFiles } from "../hardware/systemFiles.ts";

/**
 * Resolves with the main memory that a process holds, in bytes, with the parts of mapped files that are in memory. Null if
 * the system does not say. macOS and Windows are only tested with written outputs.
 */
export async function residentBytes(
  pid: number,
  platform: NodeJS.Platform = process.platform,
  files: SystemFiles = systemFiles(),
  run: RunTool = runTool,
): Promise<number | null> {
  if (platform === "linux") return kibibytes(/^VmRSS:\s*(\d+) kB$/m, await files.text(`proc/${pid}/status`));
  if (platform === "win32") {
    // "llama-server.exe","1234","Console","1","12,345 K", with the separators of the language.
    const listed = await run("tasklist.exe", ["/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]);
    const memory = /"([\d\s.,\u00a0\u202f’']+)K"\s*$/.exec(listed ?? "")?.[1]?.replaceAll(/\D/g, "");
    return memory === undefined || memory === "" ? null : Number(memory) * 1024;
  }
  return kibibytes(/^\s*(\d+)\s*$/, await run("/bin/ps", ["-o", "rss=", "-p", String(pid)]));
}

function kibibytes(pattern: RegExp, text: string | null): number | null {
  const found = pattern.exec(text ?? "")?.[1];
  return found === undefined ? null : Number(found) * 1024;
}
