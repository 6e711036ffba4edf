import type { Preset } from "../../../electron/contract/presets.ts";
import { useSay } from "../../texts.ts";

/** Returns the presets that come with the app, in the language of the window. */
export function useBuiltInPresets(): Preset[] {
  const say = useSay("chats");
  const named = (name: string): string => `{{${name}}}`;
  return [
    {
      id: "web-page",
      name: say("presets.webPage.name"),
      text: say("presets.webPage.text", { page: named(say("presets.webPage.page")) }),
    },
    {
      id: "mathematics",
      name: say("presets.mathematics.name"),
      text: say("presets.mathematics.text", { problem: named(say("presets.mathematics.problem")) }),
    },
  ];
}
