import type { EventListener } from "../../contract/events.ts";
import type { updatesCalls } from "../../contract/updates.ts";
import type { RunningCapability } from "../Capability.ts";
import { Updates, type UpdatesOptions } from "./Updates.ts";

type Options = Omit<UpdatesOptions, "onChange"> & { onEvent: EventListener };

/** Opens the search for newer versions of this app. Nothing is asked unless the user has turned it on. */
export function openUpdates({ onEvent, ...options }: Options): RunningCapability<typeof updatesCalls, Updates> {
  const updates = new Updates({ ...options, onChange: (state) => onEvent("updates.changed", state) });
  return {
    api: updates,
    handlers: {
      "updates.state": () => updates.state(),
      "updates.check": () => updates.check(),
      "updates.download": () => updates.download(),
      "updates.cancel": () => updates.cancel(),
      "updates.installOnQuit": ({ onQuit }) => updates.installOnQuit(onQuit),
    },
    close: async () => updates.close(),
  };
}
