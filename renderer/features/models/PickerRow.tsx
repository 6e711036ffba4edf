import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { isFile } from "../../../electron/contract/modelKinds.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { Badge } from "../../parts/Badge.tsx";
import { Dot } from "../../parts/Dot.tsx";
import { ModelSpeed } from "../../parts/ModelSpeed.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import { useModels } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface PickerRowProps {
  model: Model;
  /** Shown if another model has the same name. */
  file: string | null;
  isInThisChat: boolean;
  isDefault: boolean;
  isLoaded: boolean;
  onChoose: () => void;
}

/** A model of the picker: its name, size and quantization, whether it is loaded, and its speed here. */
export function PickerRow({ model, file, isInThisChat, isDefault, isLoaded, onChoose }: PickerRowProps) {
  const say = useSay("models");
  const figures = useFigures();
  const loadMs = useModels(({ loadTimes }) => loadTimes[model.id]);
  const unloads = useModels(({ loaded }) => (loaded.state === "ready" && !isLoaded ? loaded.name : null));
  const isRefused = useIsRefused()(model);
  const isOnDisk = isFile(model);
  const [problem] = model.problems;
  const facts = [
    file,
    isRefused && say("servers:isOffline"),
    isOnDisk && figures.bytes(model.sizeBytes),
    model.quantization !== "unknown" && model.quantization,
    !isOnDisk && model.contextLength !== null && say("picker.context", { tokens: figures.tokens(model.contextLength) }),
    model.builtIn && say("installed.builtIn"),
    isOnDisk && !isLoaded && loadMs !== undefined && say("picker.loadsIn", { time: figures.seconds(loadMs) }),
    isOnDisk && !isLoaded && loadMs === undefined && unloads !== null && say("picker.unloads", { name: unloads }),
  ].filter(Boolean);
  return (
    <Menu.Item className="menu-item picker-row" disabled={problem !== undefined || isRefused} onClick={onChoose}>
      <span className="menu-tick">{isInThisChat && <Check size={16} aria-label={say("picker.inThisChat")} />}</span>
      <span className="picker-words">
        <span className="picker-name">
          <bdi className="clip">{model.name}</bdi>
          {isDefault && (
            <span title={say("badges.defaultHint")}>
              <Badge>{say("badges.default")}</Badge>
            </span>
          )}
          {isLoaded && <Dot isOn />}
          {isLoaded && <span className="small quiet">{say("picker.loaded")}</span>}
        </span>
        <span className="small quiet clip" title={facts.join(" · ")}>
          {problem ? <WhatHappened problem={problem} /> : facts.join(" · ")}
        </span>
      </span>
      {problem === undefined && <ModelSpeed model={model} />}
    </Menu.Item>
  );
}
