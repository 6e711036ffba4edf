import { Pause, Play, X } from "lucide-react";
import { useState } from "react";
import type { Download } from "../../electron/contract/downloads.ts";
import { Confirm } from "./Confirm.tsx";
import { IconButton } from "./IconButton.tsx";
import { singleClick } from "./singleClick.ts";
import { useDownloads } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";

/** From this many received bytes on, cancelling asks first, because it deletes them. */
const manyBytes = 500e6;

/** What a download that has not failed allows. */
export function DownloadActions({ download: { id, name, status, receivedBytes } }: { download: Download }) {
  const say = useSay("downloads");
  const { pause, resume, cancel } = useDownloads((state) => state);
  const [asks, setAsks] = useState(false);
  // It resumes by itself.
  const waitsOffline = status.state === "paused" && status.reason === "offline";
  return (
    <>
      {waitsOffline ? null : status.state === "paused" ? (
        <IconButton label={say("resume")} onClick={singleClick(() => void resume(id))}>
          <Play size={16} fill="currentColor" aria-hidden />
        </IconButton>
      ) : (
        <IconButton label={say("pause")} onClick={singleClick(() => void pause(id))}>
          <Pause size={16} fill="currentColor" aria-hidden />
        </IconButton>
      )}
      <IconButton
        label={say("cancel")}
        tip={say("deletesHint")}
        onClick={() => (receivedBytes < manyBytes ? void cancel(id) : setAsks(true))}
      >
        <X size={16} aria-hidden />
      </IconButton>
      {asks && (
        <Confirm
          title={say("discardTitle", { name })}
          action={say("discardAction")}
          onConfirm={() => void cancel(id)}
          onClose={() => setAsks(false)}
        >
          {say("discardDetail", { received: receivedBytes })}
        </Confirm>
      )}
    </>
  );
}
