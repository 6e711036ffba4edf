import { X } from "lucide-react";
import type { Download } from "../../../electron/contract/downloads.ts";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useDownloads, useModels } from "../../stores/useStores.ts";
import { useChooseModel } from "./useChooseModel.ts";

/** In a chat: what has finished downloading can be used at once. Nothing changes by itself. */
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
  const list = useModels((state) => state.list);
  const choose = useChooseModel("chat");
  const dismiss = useDownloads((state) => state.cancel);
  const model = list.state === "ready" ? list.value.find((each) => each.source.path === path) : undefined;
  if (model === undefined) return null;
  const [problem] = model.problems;
  return (
    <div className="notice">
      <span className="notice-words">
        <bdi>{name}</bdi>{" "}
        {problem ? (
          <>
            cannot be used. <WhatHappened problem={problem} />
          </>
        ) : (
          "is downloaded."
        )}
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
          Use now
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => void dismiss(id)}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}
