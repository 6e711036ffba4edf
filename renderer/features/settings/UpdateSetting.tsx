import type { ReactNode } from "react";
import type { Settings } from "../../../electron/contract/settings.ts";
import type { Release, UpdateState } from "../../../electron/contract/updates.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useSettings, useShell, useUpdates } from "../../stores/useStores.ts";
import { texts, useFigures, useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Whether the app looks for newer versions of itself, what that sends, and what was found. */
export function UpdateSetting({ settings }: { settings: Settings }) {
  const say = useSay("updates");
  const name = useSay("settings")("names.checkUpdates");
  const figures = useFigures();
  const updates = useUpdates((state) => state.updates);
  const problem = useUpdates((state) => state.problem);
  const change = useSettings((state) => state.changeUndoably);
  if (updates === null) return null;
  const { source } = updates;
  const id = fieldOf("checkUpdates");
  if (source === null) {
    return (
      <>
        <dt>
          <span>{name}</span>
        </dt>
        <dd className="setting-text" id={id} tabIndex={-1}>
          <p>{say("noSource")}</p>
        </dd>
      </>
    );
  }
  const { host, fileHosts } = source;
  const sends = [
    say("sends", { host }),
    fileHosts.length > 0 ? say("sendsFile", { hosts: figures.list(fileHosts) }) : null,
  ];
  return (
    <SwitchRow
      id={id}
      label={name}
      isOn={settings.checkUpdates}
      hint={joinSentences(texts, sends)}
      below={
        <>
          {problem && <ProblemNotice problem={problem} />}
          {settings.checkUpdates && <Found updates={updates} />}
        </>
      }
      onChange={(checkUpdates) => void change({ checkUpdates })}
    >
      {say("on")}
    </SwitchRow>
  );
}

function Found({ updates }: { updates: UpdateState }) {
  const say = useSay("updates");
  const figures = useFigures();
  const check = useUpdates((state) => state.check);
  const download = useUpdates((state) => state.download);
  const cancel = useUpdates((state) => state.cancel);
  const installOnQuit = useUpdates((state) => state.installOnQuit);
  const { status, install, checkedAt } = updates;
  const isBusy = status.state === "waiting" || status.state === "checking" || status.state === "downloading";
  const isReady = status.state === "ready";
  const canReplace = install === "appimage" || install === "nsis" || install === "mac";
  const release = "release" in status ? status.release : null;
  const size = release?.file?.sizeBytes ?? 0;
  return (
    <div className="updates">
      <div className="setting-line">
        <output>{words()}</output>
        {isBusy ? (
          <button type="button" className="button" onClick={() => void cancel()}>
            {say("shell:cancel")}
          </button>
        ) : (
          !isReady && (
            <button type="button" className="button" onClick={() => void check()}>
              {say("checkNow")}
            </button>
          )
        )}
        {isReady && (
          <button type="button" className="button" onClick={() => void installOnQuit(!status.onQuit)}>
            {say(status.onQuit ? "doNotInstall" : "install")}
          </button>
        )}
      </div>
      {status.state === "failed" && <ProblemNotice problem={status.problem} />}
      {status.state === "downloading" && (
        <progress
          className="progress"
          aria-label={say("progress", { version: status.release.version })}
          max={size}
          value={status.receivedBytes}
        />
      )}
      {release && <WhatIsNew release={release} />}
      {release && !isBusy && !isReady && (
        <>
          {!canReplace && <p>{byHand(release)}</p>}
          <div className="setting-line">
            {canReplace && release.file && (
              <button type="button" className="button primary" onClick={() => void download()}>
                {say("download", { size })}
              </button>
            )}
            <PageButton page={release.page} />
          </div>
        </>
      )}
    </div>
  );

  function words(): string {
    switch (status.state) {
      case "checking":
        return say("checking");
      case "waiting":
        return say("waiting");
      case "downloading":
        return say("downloading", { version: status.release.version, received: status.receivedBytes, size });
      case "ready":
        return say(status.onQuit ? "ready" : "readyNot", { version: status.release.version });
      case "available":
        return say("available", {
          version: status.release.version,
          // A date stays on one line.
          date: figures.day(Date.parse(`${status.release.date}T12:00`)).replaceAll(" ", "\u00a0"),
        });
      case "current":
      case "idle":
      case "failed": {
        const checked = checkedAt === null ? say("never") : say("checked", { when: figures.moment(checkedAt) });
        return joinSentences(texts, [status.state === "current" ? say("current") : null, checked]);
      }
    }
  }

  function byHand({ version, file }: Release): ReactNode {
    if (install === "development") return say("byHand.development", { version });
    if (file === null) return say("noFile");
    switch (install) {
      case "deb":
        return withCommand("deb", file.name, `sudo apt install ./${file.name}`);
      case "rpm":
        return withCommand("rpm", file.name, `sudo dnf install ./${file.name}`);
      case "portable":
        return say("byHand.portable", { file: file.name });
      case "folder":
        return say("byHand.folder", { file: file.name });
      case "appimage":
      case "nsis":
      case "mac":
        return null;
    }
  }

  function withCommand(kind: "deb" | "rpm", file: string, line: string): ReactNode {
    const text = say(`byHand.${kind}`, { file, command: slot("command") });
    const command = (
      <code key="command" className="update-command">
        {line}
      </code>
    );
    return <Sentence text={text} slots={{ command }} />;
  }
}

/** As plain text: it comes from a server. */
function WhatIsNew({ release }: { release: Release }) {
  const say = useSay("updates");
  if (release.notes === "") return null;
  return (
    <details className="update-notes">
      <summary>{say("notes")}</summary>
      <p>{release.notes}</p>
    </details>
  );
}

function PageButton({ page }: { page: string }) {
  const say = useSay("updates");
  const openLink = useShell((state) => state.openLink);
  return (
    <button type="button" className="button" onClick={() => void openLink(page)}>
      {say("page")}
    </button>
  );
}
