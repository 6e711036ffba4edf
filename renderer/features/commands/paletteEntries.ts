import { type ActionId, actionGroups, actionIds, actions, keysOf } from "../../../electron/contract/actions.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { actionName } from "../../../electron/texts/actionName.ts";
import { shortcutText } from "../../../electron/texts/shortcutText.ts";
import { hasAllWords } from "../../parts/hasAllWords.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/** One line of the command palette. */
export interface PaletteEntry {
  /** Stays the same, so that it can be remembered. */
  id: string;
  label: string;
  /** Its name, in the chosen language and in English. */
  names: string;
  /** Other words by which it is found, in both languages. */
  also: string;
  /** Where it leads, beside its name; empty for what is done at once. */
  place: string;
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
  /** The settings, as the settings screen names them. */
  settings: readonly Omit<PaletteEntry, "keys" | "run">[];
  showSetting: (id: string) => void;
}

/**
 * Returns what can be done now: what was chosen before, then the actions in the order of their table, with the models,
 * and the settings.
 */
export function paletteEntries(options: PaletteOptions): PaletteGroup[] {
  const { texts, isMac, recent, models, canRun, run, use, settings, showSetting } = options;
  const english = { lng: "en" };
  const ofActions = (group: (typeof actionGroups)[number]): PaletteEntry[] =>
    actionIds
      .filter((id) => actions[id].group === group && id !== "commandPalette" && canRun(id))
      .map((id) => {
        const [keys] = keysOf(id, isMac);
        return {
          id,
          label: actionName(texts, id),
          names: `${actionName(texts, id)}\n${texts.say(`commands:names.${id}`, english)}`,
          also: `${texts.say(`commands:also.${id}`)}\n${texts.say(`commands:also.${id}`, english)}`,
          place: "",
          keys: keys === undefined ? "" : shortcutText(texts, keys, isMac),
          run: () => run(id),
        };
      });
  const ofModels = models
    .filter(({ problems }) => problems.length === 0)
    .map((model) => ({
      id: `model:${model.id}`,
      label: texts.say("commands:useModel", { name: model.name }),
      names: [
        texts.say("commands:useModel", { name: model.name }),
        texts.say("commands:useModel", { name: model.name, ...english }),
      ].join("\n"),
      also: model.source.kind === "file" ? "" : `${model.source.serverName} ${model.source.host}`,
      place: placeWords(texts, model),
      keys: "",
      run: () => use(model),
    }));
  const groups: PaletteGroup[] = actionGroups.map((group) => ({
    label: texts.say(`commands:groups.${group}`),
    items: [...ofActions(group), ...(group === "models" ? ofModels : [])],
  }));
  groups.push({
    label: texts.say("shell:screens.settings"),
    items: settings.map((entry) => ({ ...entry, keys: "", run: () => showSetting(entry.id) })),
  });
  const all = groups.flatMap(({ items }) => items);
  const first = recent.flatMap((id) => all.find((entry) => entry.id === id) ?? []);
  const others = groups.map(({ label, items }) => ({ label, items: items.filter((entry) => !first.includes(entry)) }));
  return [{ label: texts.say("commands:groups.recent"), items: first }, ...others].filter(
    ({ items }) => items.length > 0,
  );
}

/** Returns where a model is, if it is on a server. */
function placeWords({ say }: Texts, { source }: Model): string {
  if (source.kind === "file") return "";
  return `${source.serverName} · ${say(source.isThisMachine ? "servers:here" : "servers:leaves")}`;
}

/** Returns the entries that all words that were typed are about. Those whose names have these words come first. */
export function foundEntries(groups: readonly PaletteGroup[], typed: string): PaletteGroup[] {
  const isNamed = ({ names }: PaletteEntry): boolean => hasAllWords(names, typed);
  const isAbout = (entry: PaletteEntry): boolean =>
    !isNamed(entry) && hasAllWords(`${entry.names}\n${entry.also}`, typed);
  const found = groups.map(({ label, items }) => ({
    label,
    hasNamed: items.some(isNamed),
    items: [...items.filter(isNamed), ...items.filter(isAbout)],
  }));
  return [...found.filter(({ hasNamed }) => hasNamed), ...found.filter(({ hasNamed }) => !hasNamed)].flatMap(
    ({ label, items }) => (items.length > 0 ? [{ label, items }] : []),
  );
}
