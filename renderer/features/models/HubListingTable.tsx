import { useEffect, useState } from "react";
import type { FitSubject } from "../../../electron/contract/fit.ts";
import type { HubListing, HubModelFile } from "../../../electron/contract/hub.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { fitKey } from "../../stores/fit.ts";
import { useDownloads, useFit, useHub, useShell } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { isDownloadOf } from "./isDownloadOf.ts";
import { MemoryBar } from "./MemoryBar.tsx";
import { SpeedCell } from "./SpeedCell.tsx";
import { useLicenceName } from "./useLicenceName.ts";

export interface HubListingTableProps {
  repo: string;
  revision: string;
  /** Shows only this file; null: all. */
  path: string | null;
}

/** The models of one repository. */
export function HubListingTable({ repo, revision, path }: HubListingTableProps) {
  const say = useSay("hub");
  const listing = useHub(({ listings }) => listings[repo]);
  const openRepo = useHub((state) => state.openRepo);
  const endpoint = useHub((state) => state.access?.endpoint);
  const openLink = useShell((state) => state.openLink);
  if (listing === undefined || listing.state === "loading")
    return <p className="page-note">{say("readingRepo", { repo })}</p>;
  if (listing.state === "failed") {
    const isGated = listing.problem.code === "hub-gated";
    return (
      <ProblemNotice problem={listing.problem}>
        {isGated && endpoint !== undefined && (
          <button type="button" className="button" onClick={() => void openLink(`${endpoint}/${repo}`)}>
            {say("openPage")}
          </button>
        )}
        <button type="button" className="button" onClick={() => void openRepo(repo, revision)}>
          {say("shell:tryAgain")}
        </button>
      </ProblemNotice>
    );
  }
  return <Listing listing={listing.value} path={path} />;
}

function Listing({ listing, path }: { listing: HubListing; path: string | null }) {
  const say = useSay("hub");
  const licenceName = useLicenceName();
  const { repo, licence, gated } = listing;
  const models = path === null ? listing.models : listing.models.filter(({ file }) => file.path === path);
  const follow = useFit((state) => state.follow);
  useEffect(() => {
    void follow(listing.models.filter(({ sizeBytes }) => sizeBytes > 0).map(subjectOf));
  }, [listing, follow]);
  if (models.length === 0) {
    return <p className="page-note">{path === null ? say("noModel", { repo }) : say("noSuchModel", { path, repo })}</p>;
  }
  const facts = [
    licence === null ? say("models:facts.noLicence") : say("models:facts.licence", { licence: licenceName(licence) }),
    gated && say("needsToken"),
  ];
  return (
    <div className="hub-listing">
      <p className="model-facts">
        <bdi>{repo}</bdi> · {facts.filter(Boolean).join(" · ")}
      </p>
      <table className="facts-table model-table">
        <colgroup>
          <col className="column-name" />
          <col className="column-size" />
          <col className="column-size" />
          <col className="column-memory" />
          <col className="column-speed" />
          <col className="column-action" />
        </colgroup>
        <tbody>
          {models.map((model) => (
            <FileRow key={model.file.path} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const subjectOf = ({ name, quantization, sizeBytes }: HubModelFile): FitSubject => ({
  kind: "hub",
  name,
  quantization,
  sizeBytes,
});

function FileRow({ model }: { model: HubModelFile }) {
  const say = useSay("hub");
  const figures = useFigures();
  const { file, name, quantization, parts, sizeBytes, verifiable, complete } = model;
  const download = useDownloads(({ list }) => list.find((each) => isDownloadOf(each, model)));
  const start = useDownloads((state) => state.start);
  const fit = useFit(({ fits }) => fits[fitKey(subjectOf(model))]);
  const [asks, setAsks] = useState(false);
  return (
    <tr aria-label={download === undefined ? name : say("onHub", { name })}>
      <td>
        <bdi>{name}</bdi>
        {parts > 1 && <span className="tag">{say("models:facts.files", { count: parts })}</span>}
        {!complete && <p className="row-problem">{say("incomplete")}</p>}
      </td>
      <td>{quantization ?? "–"}</td>
      <td className="is-figure">{figures.bytes(sizeBytes)}</td>
      <td className="cell-memory">
        {fit && (
          <MemoryBar need={fit.need} usableBytes={fit.usableBytes} verdict={fit.verdict} limitedBy={fit.limitedBy} />
        )}
      </td>
      <SpeedCell measured={null} predicted={fit?.speed ?? null} />
      <td className="is-action">
        {download ? (
          <span className="tag">{download.status.state === "done" ? say("models:family.here") : say("inList")}</span>
        ) : (
          <button
            type="button"
            className="button"
            disabled={!complete}
            onClick={() => (verifiable ? void start(file) : setAsks(true))}
          >
            {say("models:family.download")}
          </button>
        )}
        {asks && (
          <Confirm
            title={say("unverifiedTitle", { name })}
            action={say("unverifiedAction")}
            onConfirm={() => void start(file, true)}
            onClose={() => setAsks(false)}
          >
            {say("unverifiedDetail")}
          </Confirm>
        )}
      </td>
    </tr>
  );
}
