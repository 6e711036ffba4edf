import type { Handlers } from "../../contract/calls.ts";
import type { settingsCalls } from "../../contract/settings.ts";
import { hubEndpoint } from "../hub/hubEndpoint.ts";
import type { SettingsStore } from "./settingsStore.ts";

/** Answers the `settings.*` calls. The `settings.changed` event comes from the store's `onChange`. */
export function settingsHandlers(settings: SettingsStore): Handlers<typeof settingsCalls> {
  return {
    "settings.get": () => settings.get(),
    "settings.change": (change) => {
      // A wrong address is refused while the person still looks at it.
      if (typeof change.hubEndpoint === "string") hubEndpoint(change.hubEndpoint);
      return settings.change(change);
    },
  };
}
