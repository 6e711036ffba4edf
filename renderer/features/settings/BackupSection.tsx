import { Archive, Trash2, Undo2 } from "lucide-react";
import { useEffect } from "react";
import type { Backup } from "../../../electron/contract/backups.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useBackups } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** The backups of the chats: when each was made and what it holds, and ways to make, restore and delete them. */
export function BackupSection() {
  const say = useSay("backups");
  const figures = useFigures();
  const list = useBackups((state) => state.list);
  const busy = useBackups((state) => state.busy);
  const done = useBackups((state) => state.done);
  const problem = useBackups((state) => state.problem);
  const read = useBackups((state) => state.read);
  const make = useBackups((state) => state.make);
  const restore = useBackups((state) => state.restore);
  const deleteAll = useBackups((state) => state.deleteAll);
  useEffect(() => void read(), [read]);

  const backups = list.state === "ready" ? list.value.backups : [];
  const [newest] = backups;
  const earlier = backups.find(({ madeAt, contents }) => contents !== null && !isToday(madeAt));
  const undo = newest?.reason === "restore" ? newest : undefined;
  const isBusy = busy !== null;
  return (
    <section className="backups" aria-labelledby="backups">
      <SectionHead
        id="backups"
        title={say("title")}
        note={newest && say("last", { when: figures.moment(newest.madeAt) })}
      >
        <output className="quiet small">{busy !== null ? say(busy) : done !== null && say(done)}</output>
      </SectionHead>
      <p className="hint" id={fieldOf("backups")} tabIndex={-1}>
        {say("text")}
      </p>
      <div className="setting-line">
        <button type="button" className="button" disabled={isBusy} onClick={() => void make()}>
          <Archive size={16} aria-hidden />
          {say("makeNow")}
        </button>
        {earlier && (
          <button type="button" className="button" disabled={isBusy} onClick={() => void restore(earlier.id, false)}>
            {isYesterday(earlier.madeAt) ? say("yesterday") : say("lastDay", { day: figures.dayShort(earlier.madeAt) })}
          </button>
        )}
        {undo && (
          <button type="button" className="button" disabled={isBusy} onClick={() => void restore(undo.id, true)}>
            <Undo2 size={16} aria-hidden />
            {say("undo")}
          </button>
        )}
        {newest && (
          <button type="button" className="button ghost is-danger" disabled={isBusy} onClick={() => void deleteAll()}>
            <Trash2 size={16} aria-hidden />
            {say("deleteAll")}
          </button>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {list.state === "failed" && <ProblemNotice problem={list.problem} />}
      {list.state === "ready" && newest === undefined && <p>{say("none")}</p>}
      {newest !== undefined && (
        <FigureTable
          caption={say("title")}
          className="backup-table"
          columns={[
            { name: say("columns.when") },
            { name: say("columns.reason") },
            { name: say("columns.chats"), isFigure: true },
            { name: say("columns.messages"), isFigure: true },
            { name: say("columns.size"), isFigure: true },
            { name: say("columns.actions"), isNameless: true },
          ]}
        >
          {backups.map((backup) => (
            <BackupRow
              key={backup.id}
              backup={backup}
              isBusy={isBusy}
              onRestore={() => void restore(backup.id, backup === undo)}
            />
          ))}
        </FigureTable>
      )}
    </section>
  );
}

function BackupRow({ backup, isBusy, onRestore }: { backup: Backup; isBusy: boolean; onRestore: () => void }) {
  const say = useSay("backups");
  const figures = useFigures();
  const { madeAt, reason, contents, sizeBytes } = backup;
  const when = figures.moment(madeAt);
  return (
    <tr>
      <th scope="row">{when}</th>
      <td>{say(`reasons.${reason}`)}</td>
      {contents === null ? (
        <td colSpan={2} className="is-figure">
          {say("unreadable")}
        </td>
      ) : (
        <>
          <td className="is-figure">{figures.count(contents.chats)}</td>
          <td className="is-figure">{figures.count(contents.messages)}</td>
        </>
      )}
      <td className="is-figure">{figures.bytes(sizeBytes)}</td>
      <td className="backup-actions">
        {contents !== null && (
          <button
            type="button"
            className="button ghost"
            disabled={isBusy}
            aria-label={say("restoreNamed", { when })}
            onClick={onRestore}
          >
            {say("restore")}
          </button>
        )}
      </td>
    </tr>
  );
}

const dayMs = 86_400_000;
const dayOf = (moment: number): string => new Date(moment).toDateString();
const isToday = (moment: number): boolean => dayOf(moment) === dayOf(Date.now());
const isYesterday = (moment: number): boolean => dayOf(moment) === dayOf(Date.now() - dayMs);
