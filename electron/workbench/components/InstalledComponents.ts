import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { ComponentName } from "../../contract/componentNames.ts";
import type { Backend } from "../../contract/engine.ts";
import type { EnginePaths } from "../engine/EnginePaths.ts";
import { namesIn } from "../home/namesIn.ts";
import { systemCode } from "../systemCode.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { componentsFolder, folderName } from "./componentFolder.ts";
import { type ComponentRelease, readComponentReleases } from "./ComponentRelease.ts";
import { examineComponent, type ExamineOptions, type FoundComponent } from "./examineComponent.ts";

export interface InstalledComponentsOptions extends Pick<ExamineOptions, "hashWorker" | "remembers"> {
  home: string;
  /** The list that the build made. */
  componentsFile: string;
  engine: EnginePaths;
}

/** The components that can be fetched on this system, and what of them is installed. */
export class InstalledComponents {
  /** Without those that are in the app's own package. */
  readonly releases: readonly ComponentRelease[];
  readonly #options: InstalledComponentsOptions;
  readonly #examining = new Map<ComponentName, Promise<FoundComponent>>();

  constructor(options: InstalledComponentsOptions) {
    this.#options = options;
    const packages = join(dirname(dirname(dirname(options.engine.entry))), "node_modules");
    const isInApp = ({ pieces }: ComponentRelease): boolean =>
      pieces.some(({ package: name }) => existsSync(join(packages, ...name.split("/"), "package.json")));
    this.releases = readComponentReleases(options.componentsFile).filter((release) => !isInApp(release));
  }

  /** The same engine, which also loads the components that are installed and whole. */
  get engine(): EnginePaths {
    return { ...this.#options.engine, packagesFor: (backend) => this.#packagesFor(backend) };
  }

  /** Resolves with what is on the disk. Calls at the same time share the work. */
  examine(release: ComponentRelease): Promise<FoundComponent> {
    const running = this.#examining.get(release.name);
    if (running !== undefined) return running;
    const examining = examineComponent(this.#options.home, release, this.#options).finally(() =>
      this.#examining.delete(release.name),
    );
    this.#examining.set(release.name, examining);
    return examining;
  }

  /**
   * Takes a component out of use in one step, and then deletes its files. Rejects with `component-in-use` if the system
   * does not allow it while another process has loaded them.
   */
  async remove(release: ComponentRelease): Promise<void> {
    const base = componentsFolder(this.#options.home);
    const removed = join(base, `.removed-${randomUUID()}`);
    try {
      await rename(join(base, folderName(release)), removed);
    } catch (error) {
      const code = systemCode(error);
      if (code === "ENOENT") return;
      throw ["EPERM", "EBUSY", "EACCES"].includes(code)
        ? new WorkbenchError("component-in-use", undefined, String(error))
        : error;
    }
    // What cannot be deleted now is tried again at the next start.
    await rm(removed, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }

  /** Deletes components of other versions of the app, and what a removal left. Never rejects. */
  async clean(): Promise<void> {
    const base = componentsFolder(this.#options.home);
    const current = this.releases.map(folderName);
    for (const name of namesIn(base)) {
      const isOld = /^[a-z]+-\d+\.\d+\.\d+-[0-9a-f]{16}$/.test(name) && !current.includes(name);
      if (isOld || name.startsWith(".removed-")) {
        await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined);
      }
    }
  }

  /** Resolves with the folder of a backend's packages, or null if there is none that may be loaded. Never rejects. */
  async #packagesFor(backend: Backend): Promise<string | null> {
    const release = this.releases.find(({ name }) => name === backend);
    if (release === undefined) return null;
    const { state, folder } = await this.examine(release);
    return state === "installed" ? folder : null;
  }
}
