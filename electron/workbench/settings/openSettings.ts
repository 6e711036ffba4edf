import type { EventListener } from "../../contract/events.ts";
import type { settingsCalls } from "../../contract/settings.ts";
import type { Capability } from "../Capability.ts";
import { hubEndpoint } from "../hub/hubEndpoint.ts";
import type { Notices } from "../Notices.ts";
import { openSettingsStore, type SettingsStore } from "./settingsStore.ts";

export interface SettingsOptions {
  home: string;
  notices: Pick<Notices, "add">;
  onEvent: EventListener;
}

/** Reads the settings and answers the `settings.*` calls. Settings that could not be read are a notice. */
export async function openSettings({
  home,
  notices,
  onEvent,
}: SettingsOptions): Promise<Capability<typeof settingsCalls, SettingsStore>> {
  const settings = await openSettingsStore({ home });
  settings.changed.on((changed) => onEvent("settings.changed", changed));
  const { damagedFile } = settings;
  if (damagedFile !== null) notices.add({ code: "settings-damaged", facts: { file: damagedFile } });
  return {
    api: settings,
    handlers: {
      "settings.get": () => settings.get(),
      "settings.change": (change) => {
        // A wrong address is refused while the person still looks at it.
        if (typeof change.hubEndpoint === "string") hubEndpoint(change.hubEndpoint);
        return settings.change(change);
      },
    },
    close: () => Promise.resolve(),
  };
}
