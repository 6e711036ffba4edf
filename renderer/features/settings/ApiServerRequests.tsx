import { useState } from "react";
import type { ApiRequest, ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { useApiServer } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ApiContentsDialog } from "./ApiContentsDialog.tsx";
import { ApiServerRefusals } from "./ApiServerRefusals.tsx";
import { isOwnAddress } from "./isOwnAddress.ts";

const rowsAtOnce = 10;

/** What programs asked last, and how fast it was answered; and whom the server has refused. */
export function ApiServerRequests({ info: { requests, refusals, connections } }: { info: ApiServerInfo }) {
  const say = useSay("apiServer");
  const figures = useFigures();
  const [most, setMost] = useState(rowsAtOnce);
  const [shownId, setShownId] = useState<string | null>(null);
  const count = (outcome: ApiRequest["outcome"]): number =>
    requests.filter((request) => request.outcome === outcome).length;
  const [running, waiting] = [count("running"), count("waiting")];
  const note = figures.joined([
    connections > 0 ? say("requests.connected", { count: connections }) : null,
    running > 0 ? say("requests.running", { count: running }) : null,
    waiting > 0 ? say("requests.waiting", { count: waiting }) : null,
  ]);
  return (
    <section className="api-requests" aria-labelledby="api-requests">
      <SectionHead id="api-requests" title={say("requests.title")} note={note} />
      {requests.length === 0 ? (
        <p>
          {say("requests.none")} <span className="quiet">{say("requests.noneHint")}</span>
        </p>
      ) : (
        <FigureTable
          caption={say("requests.title")}
          className="api-request-table"
          columns={[
            { name: say("requests.columns.when") },
            { name: say("requests.columns.program") },
            { name: say("requests.columns.read"), isFigure: true, hint: say("requests.columns.tokensHint") },
            { name: say("requests.columns.written"), isFigure: true, hint: say("requests.columns.tokensHint") },
            { name: say("requests.columns.first"), isFigure: true, hint: say("requests.columns.firstHint") },
            { name: say("requests.columns.speed"), isFigure: true, hint: say("requests.columns.speedHint") },
            { name: say("requests.columns.actions"), isNameless: true },
          ]}
        >
          {requests.slice(0, most).map((request) => (
            <RequestRow key={request.id} request={request} onShow={() => setShownId(request.id)} />
          ))}
        </FigureTable>
      )}
      {requests.length > most && (
        <button type="button" className="text-button" onClick={() => setMost(requests.length)}>
          {say("requests.more", { count: requests.length - most })}
        </button>
      )}
      {refusals.length > 0 && <ApiServerRefusals refusals={refusals} />}
      {shownId !== null && <ApiContentsDialog id={shownId} onClose={() => setShownId(null)} />}
    </section>
  );
}

function RequestRow({ request, onShow }: { request: ApiRequest; onShow: () => void }) {
  const say = useSay("apiServer");
  const figures = useFigures();
  const stopRequest = useApiServer((state) => state.stopRequest);
  const { id, startedAt, model, outcome, problem, told, from, waitedMs, promptTokens, writtenTokens, ttftMs } = request;
  const program = request.program === "" ? say("requests.unnamed") : request.program;
  const isOpen = outcome === "waiting" || outcome === "running";
  const facts = figures.joined([
    model,
    isOwnAddress(from) ? null : say("requests.from", { address: from }),
    outcome === "done" || problem !== null ? null : say(`requests.outcomes.${outcome}`),
    // What is not noticed is not told.
    waitedMs !== null && waitedMs >= 1000 ? say("requests.waited", { time: figures.seconds(waitedMs) }) : null,
  ]);
  return (
    <tr>
      <td className="quiet">{figures.moment(startedAt)}</td>
      <th scope="row">
        <bdi>{program}</bdi>
        {facts !== "" && <div className="small quiet">{facts}</div>}
        {problem !== null ? (
          <div className="small">
            <WhatHappened problem={problem} />
          </div>
        ) : (
          // Of one that was refused, its outcome says the same.
          told !== null &&
          outcome === "failed" && (
            <div className="small">
              <bdi>{say("requests.told", { words: told })}</bdi>
            </div>
          )
        )}
      </th>
      <td className="is-figure">{promptTokens !== null && figures.count(promptTokens)}</td>
      <td className="is-figure">{writtenTokens !== null && figures.count(writtenTokens)}</td>
      <td className="is-figure">{ttftMs !== null && figures.seconds(ttftMs, 2)}</td>
      <td className="is-figure">{request.tokensPerSecond !== null && figures.speed(request.tokensPerSecond)}</td>
      <td className="api-request-actions">
        {isOpen ? (
          <button
            type="button"
            className="button ghost"
            aria-label={say("requests.stopNamed", { program })}
            onClick={() => void stopRequest(id)}
          >
            {say("requests.stop")}
          </button>
        ) : (
          request.hasContents && (
            <button
              type="button"
              className="button ghost"
              aria-label={say("requests.showNamed", { program })}
              onClick={onShow}
            >
              {say("requests.show")}
            </button>
          )
        )}
      </td>
    </tr>
  );
}
