import { ChevronLeft } from "lucide-react";
import { useEffect, useState } from "react";
import type { ErasableKind } from "../../../electron/contract/disk.ts";
import { settingsHash } from "../../app/route.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { PathName } from "../../parts/PathName.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useDisk, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DiskRow } from "./DiskRow.tsx";
import { EraseEverything } from "./EraseEverything.tsx";
import "./disk.css";

/** Everything that the app keeps on the disk, by kind, and ways to erase it. */
export default function DiskScreen() {
  const say = useSay("disk");
  const list = useDisk((state) => state.list);
  const problem = useDisk((state) => state.problem);
  const read = useDisk((state) => state.read);
  const show = useDisk((state) => state.show);
  const erase = useDisk((state) => state.erase);
  const openHome = useShell((state) => state.openHome);
  const [done, setDone] = useState("");
  useEffect(() => void read(), [read]);

  const eraseNow = async (kind: ErasableKind): Promise<void> => {
    setDone("");
    const erased = await erase(kind);
    const what = say(`kinds.${kind}.name`);
    if (erased !== "nothing") setDone(erased === "all" ? say("erased", { what }) : say("erasedUnused", { what }));
  };
  const title = say("title");
  const value = list.state === "ready" ? list.value : null;
  const entries = value?.entries ?? [];
  const ours = entries.filter(({ kind }) => kind !== "other");
  const facts = {
    count: ours.reduce((sum, entry) => sum + entry.count, 0),
    size: ours.reduce((sum, entry) => sum + entry.sizeBytes, 0),
  };
  return (
    <main className="page" aria-label={title}>
      <ScreenHeader title={title}>
        <a className="button ghost" href={settingsHash("privacy")}>
          <ChevronLeft size={16} aria-hidden />
          {say("back")}
        </a>
      </ScreenHeader>
      <div className="page-body">
        {problem && <ProblemNotice problem={problem} />}
        {list.state === "failed" && <ProblemNotice problem={list.problem} />}
        {list.state === "loading" && <p className="page-note">{say("reading")}</p>}
        {value && (
          <>
            <section className="disk-kept" aria-label={title}>
              <div className="disk-total">
                <p>{ours.some(({ isOutside }) => isOutside) ? say("totalOutside", facts) : say("total", facts)}</p>
                <div className="setting-line">
                  <span className="path">
                    <PathName path={value.home} />
                  </span>
                  <button type="button" className="button" onClick={() => void openHome()}>
                    {say("showFolder")}
                  </button>
                  <output className="quiet small">{done}</output>
                </div>
              </div>
              <FigureTable
                caption={title}
                className="disk-table"
                columns={[
                  { name: say("columns.what") },
                  { name: say("columns.files"), isFigure: true },
                  { name: say("columns.size"), isFigure: true },
                  { name: say("columns.actions"), isNameless: true },
                ]}
              >
                {entries.map((entry) => {
                  const kind = entry.erasable;
                  // A store without chats is there all the same.
                  const isEmpty = kind === "chats" && value.chats === 0;
                  return (
                    <DiskRow
                      key={`${entry.kind} ${entry.isOutside}`}
                      entry={entry}
                      onShow={() => void show(entry.kind, entry.isOutside)}
                      onErase={kind === null || isEmpty ? null : () => void eraseNow(kind)}
                    />
                  );
                })}
              </FigureTable>
            </section>
            <section aria-labelledby="disk-elsewhere">
              <SectionHead id="disk-elsewhere" title={say("elsewhere")} />
              <ul className="disk-notes">
                {value.linkedModels > 0 && <li>{say("linked", { count: value.linkedModels })}</li>}
                <li>{say("exports")}</li>
                <li>{say("system")}</li>
              </ul>
            </section>
            <EraseEverything />
          </>
        )}
      </div>
    </main>
  );
}
