import { type ActionId, actionGroups, actionIds, actions, keysOf } from "../../../electron/contract/actions.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { actionName } from "../../../electron/texts/actionName.ts";
import { shortcutText } from "../../../electron/texts/shortcutText.ts";
import { plainLetters } from "../../parts/plainLetters.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/** One line of the command palette. */
export interface PaletteEntry {
  /** Stays the same, so that it can be remembered. */
  id: string;
  label: string;
  /** Its name in English, by which it is found in every language. */
  english: string;
  /** How its keys are written; empty without any. */
  keys: string;
  run: () => void;
}

export interface PaletteGroup {
  label: string;
  items: PaletteEntry[];
}

export interface PaletteOptions {
  texts: Texts;
  isMac: boolean;
  /** Ids of entries that were chosen before, the most recent first. */
  recent: readonly string[];
  models: readonly Model[];
  canRun: (id: ActionId) => boolean;
  run: (id: ActionId) => void;
  use: (model: Model) => void;
}

/** Returns what can be done now: what was chosen before, then the actions in the order of their table, and models. */
export function paletteEntries({ texts, isMac, recent, models, canRun, run, use }: PaletteOptions): PaletteGroup[] {
  const ofActions = (group: (typeof actionGroups)[number]): PaletteEntry[] =>
    actionIds
      .filter((id) => actions[id].group === group && id !== "commandPalette" && canRun(id))
      .map((id) => {
        const [keys] = keysOf(id, isMac);
        return {
          id,
          label: actionName(texts, id),
          english: texts.say(`commands:names.${id}`, { lng: "en" }),
          keys: keys === undefined ? "" : shortcutText(texts, keys, isMac),
          run: () => run(id),
        };
      });
  const ofModels = models
    .filter(({ problems }) => problems.length === 0)
    .map((model) => ({
      id: `model:${model.id}`,
      label: texts.say("commands:useModel", { name: model.name }),
      english: texts.say("commands:useModel", { name: model.name, lng: "en" }),
      keys: "",
      run: () => use(model),
    }));
  const groups = actionGroups.map((group) => ({
    label: texts.say(`commands:groups.${group}`),
    items: [...ofActions(group), ...(group === "models" ? ofModels : [])],
  }));
  const all = groups.flatMap(({ items }) => items);
  const first = recent.flatMap((id) => all.find((entry) => entry.id === id) ?? []);
  const others = groups.map(({ label, items }) => ({ label, items: items.filter((entry) => !first.includes(entry)) }));
  return [{ label: texts.say("commands:groups.recent"), items: first }, ...others].filter(
    ({ items }) => items.length > 0,
  );
}

/**
 * Returns whether an entry's names contain all words that were typed, in any order, whatever their accents and case.
 */
export function isWanted({ label, english }: Pick<PaletteEntry, "label" | "english">, typed: string): boolean {
  const name = plainLetters(`${label}\n${english}`);
  return plainLetters(typed)
    .split(/\s+/)
    .every((word) => name.includes(word));
}
