import { FolderOpen, X } from "lucide-react";
import { useCallback, useEffect } from "react";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { useCatalog, useDownloads, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DiskLine } from "./DiskLine.tsx";
import { DownloadTable } from "./DownloadTable.tsx";
import { FamilyTable } from "./FamilyTable.tsx";
import { ForeignModels } from "./ForeignModels.tsx";
import { HubSearch } from "./HubSearch.tsx";
import { InstalledTable } from "./InstalledTable.tsx";
import { useChooseModel } from "./useChooseModel.ts";
import { useDroppedFiles } from "./useDroppedFiles.ts";
import { useRefusalWords } from "./useRefusalWords.ts";

/** The models on this machine, those that can be downloaded, and those of other apps. */
export default function ModelsScreen() {
  const say = useSay("models");
  const importFile = useModels((state) => state.importFile);
  const importDropped = useModels((state) => state.importDropped);
  const importing = useModels((state) => state.importing);
  const survey = useModels((state) => state.survey);
  const readCatalog = useCatalog((state) => state.refresh);
  const choose = useChooseModel("models");
  // A single dropped file is also chosen; with several, the choice would be ambiguous.
  const dropped = useCallback(
    async (files: readonly File[]) => {
      const [model] = await importDropped(files);
      if (model && files.length === 1) await choose(model);
    },
    [importDropped, choose],
  );
  const open = async (): Promise<void> => {
    const model = await importFile();
    if (model) await choose(model);
  };
  const isOver = useDroppedFiles(dropped);

  useEffect(() => {
    void survey();
    void readCatalog();
  }, [survey, readCatalog]);

  return (
    <main className="page" aria-label={say("title")} data-drop={isOver ? "over" : undefined}>
      <ScreenHeader title={say("title")}>
        {importing && <output className="page-note">{say("readingFile")}</output>}
        <button type="button" className="button" onClick={() => void open()}>
          <FolderOpen size={16} aria-hidden /> {say("import")}
        </button>
      </ScreenHeader>
      <div className="page-body models-body">
        <Problems />
        <section aria-labelledby="installed-heading">
          <h2 id="installed-heading">{say("installed.heading")}</h2>
          <InstalledTable />
          <DiskLine />
        </section>
        <DownloadTable />
        <ForeignModels />
        <FamilyTable />
        <HubSearch />
      </div>
    </main>
  );
}

/** Why the last import, load or download requested here failed. */
function Problems() {
  const say = useSay("shell");
  const modelProblem = useModels((state) => state.problem);
  const dismissModel = useModels((state) => state.dismissProblem);
  const downloadProblem = useDownloads((state) => state.problem);
  const dismissDownload = useDownloads((state) => state.dismissProblem);
  const what = useRefusalWords(modelProblem);
  const shown = [
    { problem: modelProblem, what, dismiss: dismissModel },
    { problem: downloadProblem, what: undefined, dismiss: dismissDownload },
  ];
  return shown.map(
    ({ problem, what, dismiss }) =>
      problem && (
        <ProblemNotice key={problem.code} problem={problem} what={what}>
          <button type="button" className="icon-button" aria-label={say("dismiss")} onClick={dismiss}>
            <X size={16} aria-hidden />
          </button>
        </ProblemNotice>
      ),
  );
}
