import { Copy, Download } from "lucide-react";
import { useEffect, useState } from "react";
import type { Connection } from "../../../electron/contract/network.ts";
import { reasonText } from "../../../electron/texts/reasonText.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useNetwork, useShell } from "../../stores/useStores.ts";
import { useFigures, useSay, useTexts } from "../../texts.ts";

const rowsAtOnce = 50;

/** Every connection that the app made: when, to whom, why, how much, and how it ended. */
export function ConnectionRecord() {
  const say = useSay("network");
  const figures = useFigures();
  const recorded = useNetwork((state) => state.recorded);
  const problem = useNetwork((state) => state.recordProblem);
  const follow = useNetwork((state) => state.follow);
  const readAll = useNetwork((state) => state.readAll);
  const clear = useNetwork((state) => state.clear);
  const copyText = useShell((state) => state.copyText);
  const saveFile = useShell((state) => state.saveFile);
  const [most, setMost] = useState(rowsAtOnce);
  const [done, setDone] = useState("");
  useEffect(() => follow(most), [follow, most]);

  const { connections, total } = recorded.state === "ready" ? recorded.value : { connections: [], total: 0 };
  const [newest] = connections;
  const exported = async (): Promise<string | null> => {
    setDone("");
    const list = await readAll();
    return list === null ? null : `${JSON.stringify(list, null, 2)}\n`;
  };
  const copy = async (): Promise<void> => {
    const text = await exported();
    if (text !== null && (await copyText(text))) setDone(say("copied"));
  };
  const save = async (): Promise<void> => {
    const text = await exported();
    const name = text === null ? null : await saveFile("connections.json", text);
    if (name !== null) setDone(say("saved", { name }));
  };
  return (
    <section className="connections" aria-labelledby="connections">
      <SectionHead
        id="connections"
        title={say("heading")}
        note={newest && say("last", { when: figures.moment(newest.startedAt) })}
      >
        <output className="quiet small">{done}</output>
        {newest !== undefined && (
          <>
            <button type="button" className="button ghost" onClick={() => void copy()}>
              <Copy size={16} aria-hidden />
              {say("copy")}
            </button>
            <button type="button" className="button ghost" onClick={() => void save()}>
              <Download size={16} aria-hidden />
              {say("export")}
            </button>
            <button type="button" className="button ghost" onClick={() => void clear()}>
              {say("clear")}
            </button>
          </>
        )}
      </SectionHead>
      {problem && <ProblemNotice problem={problem} />}
      {recorded.state === "failed" && <ProblemNotice problem={recorded.problem} />}
      {recorded.state === "ready" && newest === undefined && (
        <p>
          {say("none")} <span className="quiet">{say("noneHint")}</span>
        </p>
      )}
      {newest !== undefined && (
        <FigureTable
          caption={say("heading")}
          className="connection-table"
          columns={[
            { name: say("columns.when") },
            { name: say("columns.host") },
            { name: say("columns.reason") },
            { name: say("columns.sent"), isFigure: true, hint: say("columns.bytesHint") },
            { name: say("columns.received"), isFigure: true, hint: say("columns.bytesHint") },
          ]}
        >
          {connections.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} />
          ))}
        </FigureTable>
      )}
      {total > connections.length && (
        <button type="button" className="text-button" onClick={() => setMost(most + 10 * rowsAtOnce)}>
          {say("more", { count: total - connections.length })}
        </button>
      )}
    </section>
  );
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const say = useSay("network");
  const texts = useTexts();
  const { figures } = texts;
  const { startedAt, host, proxy, reason, connections, requests, sentBytes, receivedBytes, outcome, failure } =
    connection;
  const counts = figures.joined([say("requests", { count: requests }), say("connections", { count: connections })]);
  const more = figures.joined([
    outcome === "done" ? null : say(`outcomes.${outcome}`),
    failure,
    proxy === null ? null : say("proxy", { proxy }),
  ]);
  return (
    <tr>
      <td className="quiet">{figures.moment(startedAt)}</td>
      <td>
        <bdi title={counts}>{reason.code === "served" ? say("from", { host }) : host}</bdi>
      </td>
      <td className="quiet">
        {reasonText(texts, `network:reasons.${reason.code}`, reason.facts)}
        {more !== "" && <div className="small">{more}</div>}
      </td>
      <td className="is-figure">{figures.bytes(sentBytes)}</td>
      <td className="is-figure">{figures.bytes(receivedBytes)}</td>
    </tr>
  );
}
