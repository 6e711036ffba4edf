import type { EventListener } from "../../contract/events.ts";
import type { settingsCalls } from "../../contract/settings.ts";
import type { RunningCapability } from "../Capability.ts";
import { hubEndpoint } from "../hub/hubEndpoint.ts";
import type { Notices } from "../Notices.ts";
import { openSettingsStore, type SettingsStore } from "./settingsStore.ts";

export interface SettingsOptions {
  home: string;
  notices: Pick<Notices, "add">;
  onEvent: EventListener;
}

/**
 * Reads the settings and returns the handlers of the `settings.*` calls. Adds a notice if the settings could not be
 * read.
 */
export async function openSettings(
  options: SettingsOptions,
): Promise<RunningCapability<typeof settingsCalls, SettingsStore>> {
  const { home, notices, onEvent } = options;
  const settings = await openSettingsStore({ home });
  settings.changed.on((changed) => onEvent("settings.changed", changed));
  const unfollow = settings.follow();
  const { damagedFile } = settings;
  if (damagedFile !== null) notices.add({ code: "settings-damaged", facts: { file: damagedFile } });
  return {
    api: settings,
    handlers: {
      "settings.get": () => settings.get(),
      "settings.change": (change) => {
        // An invalid address is rejected while the user still sees the field.
        if (typeof change.hubEndpoint === "string") hubEndpoint(change.hubEndpoint);
        return settings.change(change);
      },
    },
    close: () => {
      unfollow();
      return Promise.resolve();
    },
  };
}
