import type { Texts } from "../../../electron/texts/texts.ts";
import { settingsHash } from "../../app/route.ts";
import { settingEntries, settingIds } from "./settingEntries.ts";
import { settingWords } from "./settingWords.ts";

/** A setting in the command palette. */
export interface SettingCommand {
  id: string;
  label: string;
  /** In the chosen language and in English. */
  names: string;
  /** Other words by which it is found, in both languages. */
  also: string;
  /** The tab that it is on. */
  place: string;
}

const prefix = "setting:";

/** Returns all settings, in the order of the screen. */
export function settingCommands(texts: Texts): SettingCommand[] {
  const { i18n, language } = texts;
  const [say, sayEnglish] = [i18n.getFixedT(language, "settings"), i18n.getFixedT("en", "settings")];
  return settingIds.map((id) => ({
    id: `${prefix}${id}`,
    label: say(`names.${id}`),
    names: `${say(`names.${id}`)}\n${sayEnglish(`names.${id}`)}`,
    also: settingWords(texts, id),
    place: say(`tabs.${settingEntries[id]}`),
  }));
}

/** Returns the address of a setting in the palette. */
export function hashOfSetting(commandId: string): string {
  const id = settingIds.find((each) => `${prefix}${each}` === commandId);
  return id === undefined ? "#/settings" : settingsHash(settingEntries[id], id);
}
