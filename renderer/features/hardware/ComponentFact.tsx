import { useState } from "react";
import { componentTitles } from "../../../electron/contract/componentNames.ts";
import type { Component } from "../../../electron/contract/components.ts";
import type { Download } from "../../../electron/contract/downloads.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useComponents, useDownloads } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";
import { DownloadActions } from "../../parts/DownloadActions.tsx";
import { DownloadCell } from "../../parts/DownloadCell.tsx";
import { Fact } from "./Fact.tsx";

/** A part of the app that can be fetched later: what it is for, its download, and how to remove it. */
export function ComponentFact({ component }: { component: Component }) {
  const problem = useComponents((state) => state.problem);
  const download = useDownloads(({ list }) => list.find((each) => each.component === component.name));
  const isUnderWay = download !== undefined && download.status.state !== "done";
  if (!component.isOffered && component.state === "absent" && !isUnderWay) return null;
  return (
    <Fact name={componentTitles[component.name]}>
      {isUnderWay ? (
        <UnderWay download={download} />
      ) : component.state === "absent" ? (
        <Offer component={component} />
      ) : (
        <Installed component={component} />
      )}
      {problem && <ProblemNotice problem={problem} />}
    </Fact>
  );
}

function Offer({ component: { name, downloadBytes, installedBytes, host, hasRuntime } }: { component: Component }) {
  const say = useSay("hardware");
  const install = useComponents((state) => state.install);
  return (
    <>
      {say("component.offer")}
      <p className="quiet small">
        {joinSentences(texts, [
          say("component.size", { download: downloadBytes, installed: installedBytes, host }),
          say("component.licence"),
        ])}
      </p>
      {!hasRuntime && <p className="tight small">{say("component.noRuntime")}</p>}
      <button type="button" className="button component-action" onClick={() => void install(name)}>
        {say("component.download")}
      </button>
    </>
  );
}

function UnderWay({ download }: { download: Download }) {
  const say = useSay("downloads");
  const { resume, cancel } = useDownloads((state) => state);
  const { id, status } = download;
  if (status.state === "failed") {
    return (
      <ProblemNotice problem={status.problem}>
        <button type="button" className="text-button" onClick={() => void resume(id)}>
          {say("resume")}
        </button>
        <button type="button" className="text-button" onClick={() => void cancel(id)}>
          {say("discard")}
        </button>
      </ProblemNotice>
    );
  }
  return (
    <div className="component-download">
      <DownloadCell download={download} />
      <DownloadActions download={download} />
    </div>
  );
}

function Installed({ component: { name, state, installedBytes, isOffered, hasRuntime } }: { component: Component }) {
  const say = useSay("hardware");
  const { install, remove, removing } = useComponents((store) => store);
  const [asks, setAsks] = useState(false);
  const isDamaged = state === "damaged";
  return (
    <>
      {isDamaged ? say("component.damaged") : say("component.installed", { size: installedBytes })}
      {!isOffered && <p className="quiet small">{say("component.noCard")}</p>}
      {isOffered && !hasRuntime && <p className="tight small">{say("component.noRuntime")}</p>}
      <div className="component-action">
        {isDamaged && isOffered && (
          <button type="button" className="button" onClick={() => void install(name)}>
            {say("component.repair")}
          </button>
        )}
        <button
          type="button"
          className={isDamaged ? "button ghost" : "button"}
          disabled={removing === name}
          onClick={() => setAsks(true)}
        >
          {say(removing === name ? "component.removing" : "component.remove")}
        </button>
      </div>
      {asks && (
        <Confirm
          title={say("component.removeTitle")}
          action={say("component.remove")}
          onConfirm={() => void remove(name)}
          onClose={() => setAsks(false)}
        >
          {say("component.removeDetail", { size: installedBytes })}
        </Confirm>
      )}
    </>
  );
}
