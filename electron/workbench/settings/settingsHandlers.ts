import type { Handlers } from "../../contract/calls.ts";
import type { settingsCalls } from "../../contract/settings.ts";
import type { SettingsStore } from "./settingsStore.ts";

/** Answers the `settings.*` calls. The `settings.changed` event comes from the store's `onChange`. */
export function settingsHandlers(settings: SettingsStore): Handlers<typeof settingsCalls> {
  return {
    "settings.get": () => settings.get(),
    "settings.change": (change) => settings.change(change),
  };
}
