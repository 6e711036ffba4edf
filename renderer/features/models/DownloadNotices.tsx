import { X } from "lucide-react";
import type { Download } from "../../../electron/contract/downloads.ts";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useDownloads, useModels } from "../../stores/useStores.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useSay } from "../../texts.ts";
import { useChooseModel } from "./useChooseModel.ts";

/** Tells the user in a chat that a finished download can be used now. The model changes only if the user chooses so. */
export function DownloadNotices() {
  const list = useDownloads((state) => state.list);
  return (
    <output className="notice-list">
      {list.map(
        (download) =>
          download.status.state === "done" && (
            <DownloadNotice key={download.id} download={download} path={download.status.path} />
          ),
      )}
    </output>
  );
}

function DownloadNotice({ download: { id, name }, path }: { download: Download; path: string }) {
  const say = useSay("downloads");
  const list = useModels((state) => state.list);
  const choose = useChooseModel("chat");
  const dismiss = useDownloads((state) => state.cancel);
  const model = list.state === "ready" ? list.value.find((each) => each.source.path === path) : undefined;
  if (model === undefined) return null;
  const [problem] = model.problems;
  return (
    <div className="notice">
      <span className="notice-words">
        <Sentence
          text={say(problem ? "arrivedUnusable" : "arrived", { name: slot("name"), what: slot("what") })}
          slots={{ name: <bdi>{name}</bdi>, what: problem && <WhatHappened problem={problem} /> }}
        />
      </span>
      {problem === undefined && (
        <button
          type="button"
          className="button"
          onClick={() => {
            void dismiss(id);
            void choose(model);
          }}
        >
          {say("models:installed.useNow")}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={say("shell:dismiss")} onClick={() => void dismiss(id)}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
