import type { Download, HubFile } from "../../../electron/contract/downloads.ts";
import { ModelRow } from "./ModelRow.tsx";
import { useDownloadRow } from "./useDownloadRow.tsx";
import { useStartDownload } from "./useStartDownload.tsx";

/** Not of a component. */
export type ModelDownload = Download & { file: HubFile };

/** A download of a model that no other row shows: it was found on the hub, in an earlier search. */
export function DownloadRow({ download }: { download: ModelDownload }) {
  const { name, file } = download;
  const { start, question } = useStartDownload();
  const shown = useDownloadRow(download, () => start({ name, file, llamaVersion: null, verifiable: false }));
  if (shown === null) return null;
  return (
    <>
      <ModelRow name={name} facts={[<bdi key="file">{`${file.repo}/${file.path}`}</bdi>]} {...shown} />
      {question}
    </>
  );
}
