import type { Component, componentsCalls } from "../../contract/components.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { Capability } from "../Capability.ts";
import type { Downloads } from "../downloads/openDownloads.ts";
import type { Engines } from "../engines/openEngines.ts";
import { hasCudaRuntime } from "../hardware/hasCudaRuntime.ts";
import { readNvidiaDriver } from "../hardware/readNvidiaDriver.ts";
import { type ComponentRelease, sizesOf } from "./ComponentRelease.ts";
import type { InstalledComponents } from "./InstalledComponents.ts";
import { releaseOf } from "./releaseOf.ts";

interface Options {
  installed: InstalledComponents;
  downloads: Downloads;
  engines: Pick<Engines, "renew">;
  onEvent: EventListener;
}

export interface Components {
  /** A component was installed: the engine is replaced by one that has it, once nothing is being written. Never rejects. */
  arrived(): Promise<void>;
}

/** Opens the parts of the app that are fetched on request. */
export function openComponents(options: Options): Capability<typeof componentsCalls, Components> {
  const { installed, downloads, engines, onEvent } = options;

  async function describe(release: ComponentRelease, isOffered: boolean): Promise<Component> {
    const { name, version, base } = release;
    const [{ state }, hasRuntime] = await Promise.all([installed.examine(release), hasCudaRuntime()]);
    return { name, version, ...sizesOf(release), host: new URL(base).host, state, isOffered, hasRuntime };
  }

  async function list(): Promise<Component[]> {
    if (installed.releases.length === 0) return [];
    const isOffered = await hasCard();
    return await Promise.all(installed.releases.map((release) => describe(release, isOffered)));
  }

  const changed = async (): Promise<void> => onEvent("components.changed", await list());

  return {
    api: {
      async arrived() {
        // An engine that cannot start says so itself.
        await engines.renew(new AbortController().signal, () => Promise.resolve()).catch(() => undefined);
        await changed().catch(() => undefined);
      },
    },
    handlers: {
      "components.list": list,
      "components.install": async ({ name }) => {
        releaseOf(installed.releases, name);
        if (!(await hasCard())) throw new WorkbenchError("component-not-offered", { case: "noCard" });
        return await downloads.startComponent(name);
      },
      "components.remove": async ({ name }) => {
        const release = releaseOf(installed.releases, name);
        await engines.renew(new AbortController().signal, () => installed.remove(release));
        await changed();
        return null;
      },
    },
  };
}

const hasCard = async (): Promise<boolean> => (await readNvidiaDriver()) !== null;
