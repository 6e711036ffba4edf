import { z } from "zod";
import { call } from "./call.ts";
import { type ComponentName, componentNames } from "./componentNames.ts";
import type { Download } from "./downloads.ts";

/** A part of the app that its packages leave out because of its size, for this system. */
export interface Component {
  name: ComponentName;
  /** Of node-llama-cpp, which it belongs to. */
  version: string;
  downloadBytes: number;
  installedBytes: number;
  /** Where it is fetched from. */
  host: string;
  /** `damaged`: its files are not what was installed. They are not used. */
  state: "absent" | "installed" | "damaged";
  /** Whether this machine has what it is for: an NVIDIA card with its driver. */
  isOffered: boolean;
  /** Whether NVIDIA's own libraries (cudart and cuBLAS), which it needs and does not contain, were found. */
  hasRuntime: boolean;
}

const named = z.object({ name: z.enum(componentNames) });

export const componentsCalls = {
  /** Returns what can be fetched on this system and is not in the app's package. */
  "components.list": call<Component[]>()(z.object({})),
  /** Queues its download, which ends with its installation. Also repairs a damaged one. */
  "components.install": call<Download>()(named),
  /** Unloads the model, has the engine do without it, and deletes its files. */
  "components.remove": call<null>()(named),
};
