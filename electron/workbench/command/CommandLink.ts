import { lstat, readlink, realpath, stat, symlink, unlink } from "node:fs/promises";
import { basename, dirname, join, posix, resolve } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import type { R1Command } from "../../contract/shell.ts";
import { makeFolder } from "../home/makeFolder.ts";
import { systemCode } from "../systemCode.ts";

export interface CommandLinkOptions {
  platform: NodeJS.Platform;
  /** The `r1` command of this app. Null if there is none, or if it will not stay where it is. */
  file: string | null;
  /** The folder of the link. */
  folder: string;
  /** The folders in which commands are found. */
  searchPath: readonly string[];
  /** Runs a command of the shell as an administrator, after the system has asked for it. Resolves with false if refused. */
  asAdministrator: (command: string) => Promise<boolean>;
}

/** A link in a folder of the user's search path, by which terminals find `r1`. Replaces nothing that is not the app's. */
export class CommandLink {
  readonly #options: CommandLinkOptions;

  constructor(options: CommandLinkOptions) {
    this.#options = options;
  }

  /** Resolves with whether terminals find the command, and what can be done about it. */
  async state(): Promise<R1Command> {
    const { file, platform, searchPath } = this.#options;
    if (file === null) return { state: "unavailable", file: null };
    // There, links need rights that most people do not have. The folder itself can be added to the path.
    if (platform === "win32") return { state: "unavailable", file };
    const link = this.#link;
    const packaged = await this.#packaged(file, link);
    if (packaged !== null) return { state: "packaged", link: packaged };
    const isOnPath = searchPath.includes(dirname(link));
    const found = await readAt(link);
    if (found.kind === "nothing") return { state: "absent", link, isOnPath };
    if (found.kind === "other" || !(await isOurs(found.target))) return { state: "taken", link };
    return { state: found.target === file ? "installed" : "absent", link, isOnPath };
  }

  /** Creates the link. Rejects with `command-not-linked`. Changes nothing if an administrator's consent is refused. */
  async install(): Promise<R1Command> {
    const { file } = this.#options;
    const state = await this.state();
    if (state.state === "taken") throw new WorkbenchError("command-not-linked", { case: "taken", path: state.link });
    if (state.state !== "absent" || file === null) return state;
    const { link } = state;
    const isOutdated = (await readAt(link)).kind === "link";
    await this.#change(
      link,
      async () => {
        await makeFolder(dirname(link));
        if (isOutdated) await unlink(link);
        await symlink(file, link).catch((error: unknown) => {
          // Something was put there just now.
          if (systemCode(error) === "EEXIST")
            throw new WorkbenchError("command-not-linked", { case: "taken", path: link });
          throw error;
        });
      },
      [
        `mkdir -p ${quoted(dirname(link))}`,
        ...(isOutdated ? [removal(link)] : []),
        `ln -s ${quoted(file)} ${quoted(link)}`,
      ].join(" && "),
    );
    return await this.state();
  }

  /** Deletes the link. Rejects with `command-not-linked`. */
  async remove(): Promise<R1Command> {
    const state = await this.state();
    if (state.state !== "installed") return state;
    await this.#change(state.link, () => unlink(state.link), removal(state.link));
    return await this.state();
  }

  get #link(): string {
    return join(this.#options.folder, "r1");
  }

  /** Resolves with the link that a package has made to this command. */
  async #packaged(file: string, own: string): Promise<string | null> {
    const real = await realpath(file).catch(() => file);
    for (const folder of this.#options.searchPath) {
      const link = join(folder, "r1");
      if (link !== own && link !== file && (await realpath(link).catch(() => null)) === real) return link;
    }
    return null;
  }

  async #change(link: string, work: () => Promise<unknown>, command: string): Promise<void> {
    const { platform, asAdministrator } = this.#options;
    try {
      await work();
    } catch (error) {
      if (error instanceof WorkbenchError) throw error;
      const code = systemCode(error);
      if (platform === "darwin" && (code === "EACCES" || code === "EPERM")) {
        await asAdministrator(command);
        return;
      }
      const detail = error instanceof Error ? error.message : String(error);
      throw new WorkbenchError("command-not-linked", { case: "refused", path: dirname(link) }, detail);
    }
  }
}

type Found = { kind: "nothing" } | { kind: "other" } | { kind: "link"; target: string };

async function readAt(link: string): Promise<Found> {
  try {
    if (!(await lstat(link)).isSymbolicLink()) return { kind: "other" };
    return { kind: "link", target: resolve(dirname(link), await readlink(link)) };
  } catch (error) {
    return { kind: ["ENOENT", "ENOTDIR"].includes(systemCode(error)) ? "nothing" : "other" };
  }
}

/** Resolves with whether a link leads into this app, another copy of it, or where one was. */
async function isOurs(target: string): Promise<boolean> {
  if (basename(target) !== "r1") return false;
  const folder = dirname(target);
  const script = ["app.asar.unpacked", "out", "cli", "r1.js"];
  for (const resources of [folder, join(folder, "resources")]) {
    if (await isThere(join(resources, ...script))) return true;
  }
  const isNamedAsOurs =
    /^r1[ _-]?workbench/i.test(basename(folder)) ||
    folder.endsWith(posix.join("R1 Workbench.app", "Contents", "Resources"));
  return isNamedAsOurs && !(await isThere(target));
}

async function isThere(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

/** Returns a command that removes a link, and fails if something else is there by the time an administrator agrees. */
const removal = (link: string): string => `test -L ${quoted(link)} && rm ${quoted(link)}`;

/** Returns a path as one word of the shell. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
