import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Download } from "../../../electron/contract/downloads.ts";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { useDownloads } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DownloadActions } from "../../parts/DownloadActions.tsx";
import { DownloadCell } from "../../parts/DownloadCell.tsx";
import { FaultCell } from "./FaultCell.tsx";
import { FaultDetail } from "./FaultDetail.tsx";
import { RowMenu } from "./RowMenu.tsx";
import type { ModelRowProps } from "./ModelRow.tsx";

/**
 * Returns the parts of a row that show its download, wherever it was started; null if there is none.
 *
 * @param downloadAnyway asks whether to download a file that cannot be verified
 */
export function useDownloadRow(
  download: Download | undefined,
  downloadAnyway: () => void,
): Pick<ModelRowProps, "busy" | "action" | "more" | "detail"> | null {
  const say = useSay("downloads");
  const { resume, cancel } = useDownloads((state) => state);
  const [isOpen, setOpen] = useState(false);
  if (download === undefined || download.status.state === "done") return null;
  const { id, name, status } = download;
  if (status.state !== "failed") {
    const action = <DownloadActions download={download} />;
    return { busy: <DownloadCell download={download} />, action, more: null, detail: null };
  }
  const { problem } = status;
  const discard = (): void => void cancel(id);
  const isDifferent = problem.code === "download-mismatch";
  const next: { label: string; tip?: string; onClick: () => void } =
    problem.code === "download-unverifiable"
      ? { label: say("models:family.download"), onClick: downloadAnyway }
      : {
          label: say(isDifferent ? "repair" : "resume"),
          ...(isDifferent && { tip: say("repairHint") }),
          onClick: () => void resume(id),
        };
  const action: ReactNode = (
    <button type="button" className="button" title={next.tip} onClick={next.onClick}>
      {next.label}
    </button>
  );
  return {
    busy: (
      <FaultCell
        problem={problem}
        what={isDifferent ? say("mismatch") : undefined}
        isNews
        isOpen={isOpen}
        onToggle={() => setOpen(!isOpen)}
      />
    ),
    action,
    more: (
      <RowMenu name={name}>
        <MenuRow icon={<Trash2 size={16} aria-hidden />} isDanger onClick={discard}>
          {say("discard")}
        </MenuRow>
      </RowMenu>
    ),
    detail: isOpen && (
      <FaultDetail problem={problem}>
        <button type="button" className="text-button" onClick={discard}>
          {say("discard")}
        </button>
      </FaultDetail>
    ),
  };
}
