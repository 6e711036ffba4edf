import { Server, Settings2 } from "lucide-react";
import { useState } from "react";
import type { RemoteModel } from "../../../electron/contract/models.ts";
import { settingsHash } from "../../app/route.ts";
import { Badge } from "../../parts/Badge.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useModelForNewChats } from "../../stores/useChosenModel.ts";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import { useFigures, useSay } from "../../texts.ts";
import { blockingProblem } from "./blockingProblem.ts";
import { ModelChoicesForm } from "./ModelChoicesForm.tsx";
import { ModelRow } from "./ModelRow.tsx";
import { RowMenu } from "./RowMenu.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { useChooseModel } from "./useChooseModel.ts";
import { useRemoteSpeed } from "./useRemoteSpeed.ts";

/** A model on a server. What it needs there is not known, so that the row tells no size and no memory. */
export function RemoteRow({ model }: { model: RemoteModel }) {
  const say = useSay("models");
  const figures = useFigures();
  const [isOpen, setIsOpen] = useState(false);
  const isDefault = useModelForNewChats()?.id === model.id;
  const isRefused = useIsRefused()(model);
  const choose = useChooseModel("models");
  const speed = useRemoteSpeed(model);
  const { name, source, contextLength } = model;
  const [problem] = model.problems;
  return (
    <ModelRow
      name={name}
      label={say("servers:at", { name, host: source.serverName })}
      badges={
        isDefault && (
          <span title={say("badges.defaultHint")}>
            <Badge>{say("badges.default")}</Badge>
          </span>
        )
      }
      facts={[
        problem !== undefined && (
          <span key="problem" className="row-problem">
            <WhatHappened problem={problem} />
          </span>
        ),
        isRefused && say("servers:isOffline"),
        contextLength !== null && say("picker.context", { tokens: figures.tokens(contextLength) }),
      ]}
      speed={speed !== null && <SpeedCell words={speed} />}
      action={
        <button
          type="button"
          className="button"
          title={say("servers:useHint")}
          disabled={isDefault || isRefused || blockingProblem(model) !== undefined}
          onClick={() => void choose(model)}
        >
          {say("installed.use")}
        </button>
      }
      more={
        <RowMenu name={name}>
          <MenuRow icon={<Settings2 size={16} aria-hidden />} onClick={() => setIsOpen(!isOpen)}>
            {say("menu.settings")}
          </MenuRow>
          <MenuRow
            icon={<Server size={16} aria-hidden />}
            onClick={() => (window.location.hash = settingsHash("servers"))}
          >
            {say("servers:showServer")}
          </MenuRow>
        </RowMenu>
      }
      detail={isOpen && <ModelChoicesForm model={model} />}
    />
  );
}
