import { FolderOpen, Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { useCatalog, useDownloads, useFit, useFolder, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ColumnLabels } from "./ColumnLabels.tsx";
import { EstimateButton } from "./EstimateButton.tsx";
import { FamilySection } from "./FamilySection.tsx";
import { ForeignModels } from "./ForeignModels.tsx";
import { HubSection } from "./HubSection.tsx";
import { InstalledSection } from "./InstalledSection.tsx";
import { RemoteSections } from "./RemoteSections.tsx";
import type { Sorting } from "./tableOrder.ts";
import { useChooseModel } from "./useChooseModel.ts";
import { useDroppedFiles } from "./useDroppedFiles.ts";
import { useRowKeys } from "./useRowKeys.ts";
import { useRefusalWords } from "./useRefusalWords.tsx";

/** The models on this machine, those that can be downloaded, and those of other apps, in one table. */
export default function ModelsScreen() {
  const say = useSay("models");
  const importFile = useModels((state) => state.importFile);
  const openDropped = useModels((state) => state.openDropped);
  const importing = useModels((state) => state.importing);
  const survey = useModels((state) => state.survey);
  const lookForFolder = useFolder((state) => state.look);
  const readCatalog = useCatalog((state) => state.refresh);
  const estimateWhenIdle = useFit((state) => state.estimateWhenIdle);
  const choose = useChooseModel("models");
  const [filter, setFilter] = useState("");
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const open = async (): Promise<void> => {
    const model = await importFile();
    if (model) await choose(model);
  };
  const isOver = useDroppedFiles(openDropped);
  const rowKeys = useRowKeys();

  useEffect(() => {
    void survey();
    void lookForFolder();
    void readCatalog();
    void estimateWhenIdle();
  }, [survey, lookForFolder, readCatalog, estimateWhenIdle]);

  return (
    <main className="page" aria-label={say("title")} data-drop={isOver ? "over" : undefined}>
      <ScreenHeader title={say("title")}>
        {importing && <output className="quiet small clip">{say("readingFile")}</output>}
        <search className="field model-filter">
          <Search size={16} aria-hidden />
          <input
            type="text"
            aria-label={say("filter")}
            placeholder={say("filterPlaceholder")}
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
          {filter !== "" && (
            <IconButton small label={say("hub:clear")} onClick={() => setFilter("")}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </search>
        <EstimateButton />
        <button type="button" className="button" aria-label={say("import")} onClick={() => void open()}>
          <FolderOpen size={16} aria-hidden />
          <span className="drops-models">{say("importOpens")}</span>
        </button>
      </ScreenHeader>
      <div className="models-body scroll">
        <Problems />
        <div className="model-table" {...rowKeys}>
          <ColumnLabels sorting={sorting} onSort={setSorting} />
          <InstalledSection filter={filter} sorting={sorting} />
          <RemoteSections filter={filter} sorting={sorting} />
          <ForeignModels />
          <FamilySection filter={filter} sorting={sorting} />
          <HubSection />
        </div>
      </div>
    </main>
  );
}

/** Why the last import, load, download or measurement requested here failed. */
function Problems() {
  const modelProblem = useModels((state) => state.problem);
  const dismissModel = useModels((state) => state.dismissProblem);
  const downloadProblem = useDownloads((state) => state.problem);
  const dismissDownload = useDownloads((state) => state.dismissProblem);
  const fitProblem = useFit((state) => state.problem);
  const dismissFit = useFit((state) => state.dismissProblem);
  const folderProblem = useFolder((state) => state.problem);
  const dismissFolder = useFolder((state) => state.dismissProblem);
  const refusal = useRefusalWords(modelProblem);
  const shown = [
    { from: "models", problem: modelProblem, words: refusal, dismiss: dismissModel },
    { from: "downloads", problem: downloadProblem, words: {}, dismiss: dismissDownload },
    { from: "folder", problem: folderProblem, words: {}, dismiss: dismissFolder },
    { from: "fit", problem: fitProblem, words: {}, dismiss: dismissFit },
  ];
  return shown.map(
    ({ from, problem, words, dismiss }) =>
      problem && (
        <div key={from} className="models-problem">
          <ProblemNotice problem={problem} {...words} onDismiss={dismiss} />
        </div>
      ),
  );
}
