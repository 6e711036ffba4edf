import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import { useId } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { bytes, percent } from "../../parts/figures.ts";
import { LoadProgress } from "../../parts/LoadProgress.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useModels } from "../../stores/useStores.ts";
import { useChooseModel } from "./useChooseModel.ts";

/** Which model answers in this chat: choose, see it load, cancel, or open another file. */
export function ModelPicker() {
  const chosen = useChosenModel();
  const list = useModels((state) => state.list);
  const loaded = useModels((state) => state.loaded);
  const cancelLoad = useModels((state) => state.cancelLoad);
  const importFile = useModels((state) => state.importFile);
  const choose = useChooseModel("chat");
  const nameId = useId();
  const models = list.state === "ready" ? list.value : [];

  const open = async (): Promise<void> => {
    const model = await importFile();
    if (model) await choose(model);
  };

  return (
    <div className="model-picker">
      {loaded.state === "loading" && (
        <span className="model-loading">
          <LoadProgress label={`Loading ${loaded.name}`} fraction={loaded.fraction} />
          <span className="figure">{percent(loaded.fraction)}</span>
          <button type="button" className="button" onClick={() => void cancelLoad()}>
            Cancel
          </button>
        </span>
      )}
      <Menu.Root>
        <Menu.Trigger className="quiet-button model-button" aria-label="Model" aria-describedby={nameId}>
          <bdi id={nameId} className="model-name">
            {chosen ? modelLabel(chosen) : list.state === "loading" ? "…" : "No model"}
          </bdi>
          <ChevronDown size={16} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4}>
            <Menu.Popup className="menu model-menu">
              {models.length > 0 && <p className="menu-note">Used in this chat and in new chats.</p>}
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
                      {model.id === chosen?.id && <Check size={16} aria-label="chosen" />}
                    </span>
                    <span className="model-item-words">
                      <bdi>{model.name}</bdi>
                      <small>{problem ? <WhatHappened problem={problem} /> : describe(model, models)}</small>
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
                Open a GGUF file…
              </Menu.Item>
              <Menu.Item className="menu-item" onClick={() => (window.location.hash = "#/models")}>
                Get another model…
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}

const modelLabel = (model: Model): string => (model.builtIn ? `${model.name} · tiny demo model` : model.name);

/** Models of the same name are told apart by their files. */
function describe(model: Model, models: readonly Model[]): string {
  const isAlone = models.every(({ id, name }) => id === model.id || name !== model.name);
  const file = model.builtIn || isAlone ? null : model.source.path.split(/[/\\]/).at(-1);
  return [model.builtIn ? "tiny demo model" : null, file, bytes(model.sizeBytes), model.quantization]
    .filter(Boolean)
    .join(" · ");
}
