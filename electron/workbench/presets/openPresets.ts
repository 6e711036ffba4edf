import { createHash, randomUUID } from "node:crypto";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { foldText } from "../../contract/foldText.ts";
import { mostPresetNameChars } from "../../contract/names.ts";
import { mostPresets, type Preset, type presetsCalls } from "../../contract/presets.ts";
import type { Capability } from "../Capability.ts";
import { cutAt } from "../cutAt.ts";
import type { Notices } from "../Notices.ts";
import { PresetsFile } from "./PresetsFile.ts";

/** Room for a number behind a name. */
const numberChars = 6;

export interface PresetsOptions {
  home: string;
  notices: Pick<Notices, "add">;
  onEvent: EventListener;
  /** Whether a chat is there and not hidden. */
  isShown: (chatId: string) => Promise<boolean>;
}

/** What exports and imports of chats do with presets. */
export interface Presets {
  list: () => Promise<Preset[]>;
  /** Resolves with how many of these `add` would add, and how many it would leave out for want of room. */
  preview: (presets: readonly Preset[]) => Promise<{ presets: number; presetsLeftOut: number }>;
  /**
   * Adds those that are not here with the same name and text, and resolves with them as they are now: one whose name or
   * id is taken gets another. `together`: what they are imported with. It shows this chat; then both are done or neither,
   * also if the process ends meanwhile.
   */
  add: (
    presets: readonly Preset[],
    together?: { chatId: string | null; show: () => Promise<void> },
  ) => Promise<Preset[]>;
  /** Removes those of them that were not changed since. Resolves with their number. */
  remove: (added: readonly Preset[]) => Promise<number>;
}

/** Returns the handlers of the `presets.*` calls. The app and every `r1` share `presets.json`. */
export function openPresets({
  home,
  notices,
  onEvent,
  isShown,
}: PresetsOptions): Capability<typeof presetsCalls, Presets> {
  const file = new PresetsFile({ home, notices, isShown, onChanged: (presets) => onEvent("presets.changed", presets) });
  const expectRoom = (presets: readonly Preset[]): void => {
    if (presets.length >= mostPresets) throw new WorkbenchError("presets-full", { case: "most", most: mostPresets });
  };
  const expectIndex = (presets: readonly Preset[], id: string): number => {
    const index = presets.findIndex((preset) => preset.id === id);
    if (index < 0) throw new WorkbenchError("preset-not-found");
    return index;
  };

  return {
    api: {
      list: () => file.read(),
      preview: async (given) => {
        const presets = await file.read();
        const count = newOnes(presets, given).length;
        const added = Math.min(count, mostPresets - presets.length);
        return { presets: added, presetsLeftOut: count - added };
      },
      add: (given, { chatId, show } = { chatId: null, show: () => Promise.resolve() }) =>
        file.change(async (presets) => {
          const added = newOnes(presets, given).slice(0, mostPresets - presets.length);
          if (added.length > 0 && chatId !== null) {
            await file.writeWith(presets, added, { chatId, show });
            return added;
          }
          if (added.length > 0) await file.write([...presets, ...added]);
          await show();
          return added;
        }),
      remove: (added) =>
        file.change(async (presets) => {
          const left = presets.filter((own) => !added.some((each) => each.id === own.id && isEqual(each, own)));
          if (left.length < presets.length) await file.write(left);
          return presets.length - left.length;
        }),
    },
    handlers: {
      "presets.list": () => file.read(),
      "presets.save": ({ id, ...content }) =>
        file.change(async (presets) => {
          if (id === null) expectRoom(presets);
          const preset = { id: id ?? randomUUID(), ...content };
          await file.write(id === null ? [...presets, preset] : presets.with(expectIndex(presets, id), preset));
          return preset;
        }),
      "presets.delete": ({ id }) =>
        file.change(async (presets) => {
          const index = expectIndex(presets, id);
          const preset = presets[index] as Preset;
          await file.write(presets.toSpliced(index, 1));
          return { preset, index };
        }),
      "presets.restore": ({ preset, index }) =>
        file.change(async (presets) => {
          if (presets.some(({ id }) => id === preset.id)) return null;
          expectRoom(presets);
          await file.write(presets.toSpliced(index, 0, preset));
          return null;
        }),
    },
  };
}

const isEqual = (one: Preset, other: Preset): boolean => one.name === other.name && one.text === other.text;

/** Returns those presets that are not among one's own, with names and ids that are free there. */
function newOnes(own: readonly Preset[], given: readonly Preset[]): Preset[] {
  const added: Preset[] = [];
  for (const preset of given) {
    const known = [...own, ...added];
    // What was imported under another id is recognized when it is imported again.
    const otherId = createHash("sha256").update(JSON.stringify(preset)).digest("hex").slice(0, 32);
    const isKnown = known.some(
      (each) => isEqual(each, preset) || (each.text === preset.text && [preset.id, otherId].includes(each.id)),
    );
    if (isKnown) continue;
    const names = new Set(known.map(({ name }) => foldText(name)));
    let { name } = preset;
    for (let count = 2; names.has(foldText(name)); count++) {
      name = `${cutAt(preset.name, 0, mostPresetNameChars - numberChars).trimEnd()} (${count})`;
    }
    // The one with the other id may have been changed since.
    const id = [preset.id, otherId].find((each) => !known.some((taken) => taken.id === each)) ?? randomUUID();
    added.push({ id, name, text: preset.text });
  }
  return added;
}
