import { Search, X } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import type { HubFound, HubState } from "../../stores/hub.ts";
import { useHub } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { HubRow } from "./HubRow.tsx";
import { TableSection } from "./TableSection.tsx";

/** Finds any GGUF model on the hub by words, a link or an `hf:` name. The hub is asked only when the user searches. */
export function HubSection() {
  const say = useSay("hub");
  const access = useHub((state) => state.access);
  const problem = useHub((state) => state.problem);
  const found = useHub((state) => state.found);
  const search = useHub((state) => state.search);
  const clear = useHub((state) => state.clear);
  const [text, setText] = useState("");
  const host = access === null ? say("theHub") : new URL(access.endpoint).host;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") void search(text.trim());
  };
  const lead = (
    <search className="hub-search">
      <form className="field" onSubmit={submit}>
        <IconButton type="submit" small label={say("search")} tip={say("sentTo", { host })}>
          <Search size={16} aria-hidden />
        </IconButton>
        <input
          type="text"
          aria-label={say("searchLabel")}
          placeholder={say("placeholder")}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || text === "") return;
            event.stopPropagation();
            setText("");
            clear();
          }}
        />
        {(text !== "" || found !== null) && (
          <IconButton
            small
            label={say("clear")}
            onClick={() => {
              setText("");
              clear();
            }}
          >
            <X size={16} aria-hidden />
          </IconButton>
        )}
      </form>
    </search>
  );
  const shownId = found === null ? null : found.kind === "repo" ? `${found.repo} ${found.path ?? ""}` : found.words;
  const section = useRef<HTMLDivElement>(null);
  const rows = useHub(({ listings }) => rowCount(found, listings));
  const shownBefore = useRef({ shownId, rows });
  useEffect(() => {
    const before = shownBefore.current;
    shownBefore.current = { shownId, rows };
    // Also if it was searched for from a row further up; and again once there are rows, which lie below the window.
    const isNew = shownId !== before.shownId || (rows > 0 && before.rows === 0);
    if (shownId !== null && isNew) section.current?.scrollIntoView({ block: "start" });
  }, [shownId, rows]);
  const words = found?.kind === "repos" ? found.words : "";
  const repos = found?.kind === "repos" ? found.repos : null;
  return (
    <div ref={section}>
      <TableSection
        title={say("heading")}
        note={
          <span className="quiet small clip" title={say("sentTo", { host })}>
            {say("asks", { host })}
          </span>
        }
        lead={lead}
        foot={
          <>
            {problem && (
              <div className="section-note">
                <ProblemNotice problem={problem} />
              </div>
            )}
            <output>
              {repos?.state === "loading" && <p className="section-note">{say("searching")}</p>}
              {repos?.state === "ready" && repos.value.length === 0 && (
                <p className="section-note">
                  <Sentence text={say("nothing", { words: slot("words") })} slots={{ words: <bdi>{words}</bdi> }} />{" "}
                  <span className="quiet">{say("searchedFor", { host })}</span>
                </p>
              )}
            </output>
            {repos?.state === "failed" && (
              <div className="section-note">
                <ProblemNotice problem={repos.problem}>
                  <button type="button" className="button" onClick={() => void search(words)}>
                    {say("shell:tryAgain")}
                  </button>
                </ProblemNotice>
              </div>
            )}
          </>
        }
      >
        {found?.kind === "repo" && <FilesOf {...found} />}
        {repos?.state === "ready" &&
          repos.value.length > 0 &&
          repos.value.map((each) => (
            <HubRow key={each.repo} repo={each.repo} revision="main" path={null} found={each} />
          ))}
      </TableSection>
    </div>
  );
}

/** Returns how many rows a search has found; 0 while it is under way. */
function rowCount(found: HubFound | null, listings: HubState["listings"]): number {
  if (found?.kind === "repos") return found.repos.state === "ready" ? found.repos.value.length : 0;
  const listing = found === null ? undefined : listings[found.repo];
  return listing?.state === "ready" ? listing.value.models.length : 0;
}

/** The files that a link or an `hf:` name leads to, each with a row of its own. */
function FilesOf({ repo, revision, path }: Extract<HubFound, { kind: "repo" }>) {
  const listing = useHub(({ listings }) => listings[repo]);
  const files = listing?.state === "ready" ? listing.value.models : [];
  const shown = path === null ? files : files.filter(({ file }) => file.path === path);
  if (shown.length === 0) return <HubRow repo={repo} revision={revision} path={path} found={null} />;
  return shown.map(({ file }) => (
    <HubRow key={file.path} repo={repo} revision={revision} path={file.path} found={null} isFile />
  ));
}
