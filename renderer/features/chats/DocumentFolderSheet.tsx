import { Library } from "lucide-react";
import { useEffect } from "react";
import { documentFolderLimits } from "../../../electron/contract/documentFolderLimits.ts";
import type { DocumentFolder, LeftOut } from "../../../electron/contract/documentFolders.ts";
import { problemOf } from "../../../electron/contract/errors.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useDocumentFolders } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useFolderFacts } from "./useFolderFacts.ts";
import "./documentFolderSheet.css";

/** The folder of documents of a folder of chats: which one it is, what of it is read, and what is not and why. */
export function DocumentFolderSheet() {
  const say = useSay("chats");
  const shownFor = useDocumentFolders((state) => state.shownFor);
  const folder = useDocumentFolders(({ folders }) => folders.find(({ folderId }) => folderId === shownFor));
  const problem = useDocumentFolders((state) => state.problem);
  const { show, choose, lookAgain, remove } = useDocumentFolders((state) => state);
  const cameBack = useDocumentFolders((state) => state.cameBack);
  useEffect(() => {
    window.addEventListener("focus", cameBack);
    return () => window.removeEventListener("focus", cameBack);
  }, [cameBack]);
  if (shownFor === null) return null;
  return (
    <SheetDialog title={say("folderDocuments.title")} onClose={() => show(null)}>
      <div className="info-body document-folder">
        {problem && <ProblemNotice problem={problem} />}
        {folder === undefined ? (
          <p>{say("folderDocuments.lead")}</p>
        ) : (
          <FolderState key={folder.folderId} folder={folder} />
        )}
        <p className="hint">{say(folder === undefined ? "folderDocuments.keeps" : "folderDocuments.removeHint")}</p>
        <div className="document-folder-actions">
          <button
            type="button"
            className={folder === undefined ? "button primary" : "button"}
            onClick={() => void choose(shownFor)}
          >
            {say(folder === undefined ? "folderDocuments.choose" : "folderDocuments.change")}
          </button>
          {folder !== undefined && (
            <>
              <button
                type="button"
                className="button"
                disabled={folder.state !== "ready"}
                onClick={() => void lookAgain(shownFor)}
              >
                {say("folderDocuments.lookAgain")}
              </button>
              <button type="button" className="button" onClick={() => void remove(shownFor)}>
                {say("folderDocuments.remove")}
              </button>
            </>
          )}
        </div>
      </div>
    </SheetDialog>
  );
}

function FolderState({ folder }: { folder: DocumentFolder }) {
  const say = useSay("chats");
  const factsOf = useFolderFacts();
  const { name, trouble, problem, refused, refusedCount, leftOut } = folder;
  const more = refusedCount - refused.length;
  return (
    <>
      <p className="document-folder-name">
        <Library size={16} aria-hidden />
        <span>
          <bdi>{name}</bdi> <output className="quiet">{factsOf(folder).join(" · ")}</output>
        </span>
      </p>
      {trouble !== null && <output>{say(`folderDocuments.trouble.${trouble}`)}</output>}
      {problem && <ProblemNotice problem={problem} />}
      {refusedCount > 0 && (
        <section>
          <h3>{say("folderDocuments.refused", { count: refusedCount })}</h3>
          <ul className="document-folder-list">
            {refused.map((file) => (
              <li key={file.place}>
                <WhatHappened problem={problemOf("document-unreadable", { name: file.place, case: file.case })} />
              </li>
            ))}
            {more > 0 && <li>{say("folderDocuments.refusedMore", { count: more })}</li>}
          </ul>
        </section>
      )}
      {leftOut !== null && <LeftOutList leftOut={leftOut} />}
    </>
  );
}

const reasons = ["full", "beyond", "closed", "others", "hidden", "trees", "links", "deep"] as const;

function LeftOutList({ leftOut }: { leftOut: LeftOut }) {
  const say = useSay("chats");
  const there = reasons.filter((reason) => leftOut[reason] > 0);
  if (there.length === 0 && !leftOut.isCut) return null;
  return (
    <section>
      <h3>{say("folderDocuments.leftOut")}</h3>
      <ul className="document-folder-list quiet">
        {there.map((reason) => (
          <li key={reason}>
            {say(`folderDocuments.${reason}`, {
              count: leftOut[reason],
              most: reason === "full" ? documentFolderLimits.chars : documentFolderLimits.files,
            })}
          </li>
        ))}
        {leftOut.isCut && <li>{say("folderDocuments.isCut")}</li>}
      </ul>
    </section>
  );
}
