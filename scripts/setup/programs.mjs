import { readFile } from "node:fs/promises";
import { installPackages } from "./apt.mjs";
import { command } from "./command.mjs";
import { hasT64Names, parseOsRelease } from "./debianPackages.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/** @type {Record<string, string>} which Debian package brings a program */
const packageOfProgram = { strace: "strace", ip: "iproute2", xdotool: "xdotool" };

/**
 * Makes sure that these programs are there; throws a SetupProblem that names what is missing and how to get it.
 * @param {string[]} programs
 * @param {string} purpose completes "… is needed to"
 */
export async function ensurePrograms(programs, purpose) {
  const missing = [];
  for (const program of programs) if (!(await isThere(program))) missing.push(program);
  if (missing.length === 0) return;
  const osRelease = parseOsRelease(await readFile("/etc/os-release", "utf8").catch(() => ""));
  if (hasT64Names(osRelease) === null) {
    throw new SetupProblem(
      `Missing to ${purpose}: ${missing.join(", ")}. ` +
        "Install the packages of your Linux distribution that hold them, then run the same command again.",
    );
  }
  await installPackages(
    missing.map((program) => packageOfProgram[program] ?? program),
    purpose,
  );
}

/** `ip` lies where only root's PATH leads. @param {string} program */
async function isThere(program) {
  return (await command("sh", ["-c", `PATH=$PATH:/usr/sbin:/sbin command -v ${program}`])).code === 0;
}
