import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import { mostPresets, type Preset, type presetsCalls, presetSchema } from "../../contract/presets.ts";
import { atMost } from "../atMost.ts";
import type { Capability } from "../Capability.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import type { Notices } from "../Notices.ts";

const fileSchema = z.object({ presets: z.array(presetSchema).max(mostPresets) });
const maxFileBytes = 50_000_000;

export interface PresetsOptions {
  home: string;
  notices: Pick<Notices, "add">;
  onEvent: EventListener;
}

/** Returns the handlers of the `presets.*` calls. The presets are read from `presets.json` with the first of them. */
export function openPresets({ home, notices, onEvent }: PresetsOptions): Capability<typeof presetsCalls> {
  const path = join(home, "presets.json");
  let known: Preset[] | null = null;
  const oneAtATime = atMost(1);

  async function read(): Promise<Preset[]> {
    if (known !== null) return known;
    const file = await readJsonFile(path, fileSchema, maxFileBytes);
    if (file.state === "damaged") {
      const aside = await setAside(path);
      notices.add({ code: "presets-damaged", facts: { file: aside } });
    }
    known = file.state === "read" ? file.value.presets : [];
    return known;
  }
  const inTurn = <Result>(work: (presets: readonly Preset[]) => Promise<Result>): Promise<Result> =>
    oneAtATime(async () => work(await read()));
  async function write(presets: Preset[]): Promise<void> {
    await writeFileAtomic(path, JSON.stringify({ presets }));
    known = presets;
    onEvent("presets.changed", presets);
  }
  const expectRoom = (presets: readonly Preset[]): void => {
    if (presets.length >= mostPresets) throw new WorkbenchError("presets-full", { case: "most", most: mostPresets });
  };
  const expectIndex = (presets: readonly Preset[], id: string): number => {
    const index = presets.findIndex((preset) => preset.id === id);
    if (index < 0) throw new WorkbenchError("preset-not-found");
    return index;
  };

  return {
    api: null,
    handlers: {
      "presets.list": () => inTurn(async (presets) => [...presets]),
      "presets.save": ({ id, ...content }) =>
        inTurn(async (presets) => {
          if (id === null) expectRoom(presets);
          const preset = { id: id ?? randomUUID(), ...content };
          await write(id === null ? [...presets, preset] : presets.with(expectIndex(presets, id), preset));
          return preset;
        }),
      "presets.delete": ({ id }) =>
        inTurn(async (presets) => {
          const index = expectIndex(presets, id);
          const preset = presets[index] as Preset;
          await write(presets.toSpliced(index, 1));
          return { preset, index };
        }),
      "presets.restore": ({ preset, index }) =>
        inTurn(async (presets) => {
          if (presets.some(({ id }) => id === preset.id)) return null;
          expectRoom(presets);
          await write(presets.toSpliced(index, 0, preset));
          return null;
        }),
    },
  };
}
