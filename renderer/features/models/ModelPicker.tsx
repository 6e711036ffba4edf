import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import { useId } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useModels } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { useChooseModel } from "./useChooseModel.ts";

/** The model of this chat: choose one, watch it load, cancel, or open another file. */
export function ModelPicker() {
  const say = useSay("models");
  const figures = useFigures();
  const chosen = useChosenModel();
  const list = useModels((state) => state.list);
  const loaded = useModels((state) => state.loaded);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const importFile = useModels((state) => state.importFile);
  const choose = useChooseModel("chat");
  const nameId = useId();
  const models = list.state === "ready" ? list.value : [];

  const builtIn = (model: Model): string | null => (model.builtIn ? say("installed.builtIn") : null);
  const label = (model: Model): string => [model.name, builtIn(model)].filter(Boolean).join(" · ");
  const describe = (model: Model): string =>
    [builtIn(model), fileOf(model, models), figures.bytes(model.sizeBytes), model.quantization]
      .filter(Boolean)
      .join(" · ");

  const open = async (): Promise<void> => {
    const model = await importFile();
    if (model) await choose(model);
  };

  return (
    <div className="model-picker">
      {loaded.state === "loading" && (
        <span className="model-loading">
          <LoadProgress label={say("installed.loading", { name: loaded.name })} fraction={loaded.fraction} />
          <span className="figure">{figures.percent(loaded.fraction)}</span>
          <button type="button" className="button" onClick={() => void cancelLoad()}>
            {say("shell:cancel")}
          </button>
        </span>
      )}
      <Menu.Root>
        <Menu.Trigger className="quiet-button model-button" aria-label={say("picker.label")} aria-describedby={nameId}>
          <bdi id={nameId} className="model-name">
            {chosen ? label(chosen) : list.state === "loading" ? "…" : say("picker.none")}
          </bdi>
          <ChevronDown size={16} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4}>
            <Menu.Popup className="menu model-menu">
              {models.length > 0 && <p className="menu-note">{say("picker.usedIn")}</p>}
              {models.map((model) => {
                const [problem] = model.problems;
                return (
                  <Menu.Item
                    key={model.id}
                    className="menu-item model-item"
                    disabled={problem !== undefined}
                    onClick={() => void choose(model)}
                  >
                    <span className="model-check">
                      {model.id === chosen?.id && <Check size={16} aria-label={say("picker.chosen")} />}
                    </span>
                    <span className="model-item-words">
                      <bdi>{model.name}</bdi>
                      <small>{problem ? <WhatHappened problem={problem} /> : describe(model)}</small>
                    </span>
                  </Menu.Item>
                );
              })}
              {list.state === "failed" && (
                <p className="list-note">
                  <WhatHappened problem={list.problem} />
                </p>
              )}
              {models.length > 0 && <Menu.Separator className="menu-separator" />}
              <Menu.Item className="menu-item" onClick={() => void open()}>
                {say("picker.open")}
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => (window.location.hash = "#/models")}>
                {say("picker.get")}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

/** Returns the file that distinguishes a model from others of the same name. */
function fileOf(model: Model, models: readonly Model[]): string | null {
  const isAlone = models.every(({ id, name }) => id === model.id || name !== model.name);
  return model.builtIn || isAlone ? null : (model.source.path.split(/[/\\]/).at(-1) ?? null);
}
