import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { HubRepo } from "../../../electron/contract/hub.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useHub } from "../../stores/useStores.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useFigures, useSay } from "../../texts.ts";
import { HubListingTable } from "./HubListingTable.tsx";

/** Finds any GGUF model on the hub by words, a link or an `hf:` name. */
export function HubSearch() {
  const say = useSay("hub");
  const access = useHub((state) => state.access);
  const problem = useHub((state) => state.problem);
  const found = useHub((state) => state.found);
  const search = useHub((state) => state.search);
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") void search(text.trim());
  };
  const host = access === null ? say("theHub") : new URL(access.endpoint).host;
  return (
    <section aria-labelledby="hub-heading">
      <h2 id="hub-heading">{say("heading")}</h2>
      <search>
        <form className="hub-search" onSubmit={submit}>
          <input
            type="text"
            className="hub-words"
            aria-label={say("searchLabel")}
            placeholder={say("placeholder")}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <button type="submit" className="button">
            <Search size={16} aria-hidden /> {say("search")}
          </button>
        </form>
      </search>
      <p className="hint">{say("sentTo", { host })}</p>
      {problem && <ProblemNotice problem={problem} />}
      {found?.kind === "repo" && <HubListingTable repo={found.repo} revision={found.revision} path={found.path} />}
      {found?.kind === "repos" && found.repos.state === "loading" && <p className="page-note">{say("searching")}</p>}
      {found?.kind === "repos" && found.repos.state === "failed" && (
        <ProblemNotice problem={found.repos.problem}>
          <button type="button" className="button" onClick={() => void search(found.words)}>
            {say("shell:tryAgain")}
          </button>
        </ProblemNotice>
      )}
      {found?.kind === "repos" && found.repos.state === "ready" && (
        <Repos words={found.words} repos={found.repos.value} />
      )}
    </section>
  );
}

function Repos({ words, repos }: { words: string; repos: readonly HubRepo[] }) {
  const say = useSay("hub");
  if (repos.length === 0) {
    return (
      <p className="page-note">
        <Sentence text={say("nothing", { words: slot("words") })} slots={{ words: <bdi>{words}</bdi> }} />
      </p>
    );
  }
  return (
    <ul className="hub-repos">
      {repos.map((repo) => (
        <RepoRow key={repo.repo} repo={repo} />
      ))}
    </ul>
  );
}

function RepoRow({ repo: { repo, downloads, updatedAt, gated } }: { repo: HubRepo }) {
  const say = useSay("hub");
  const figures = useFigures();
  const openRepo = useHub((state) => state.openRepo);
  const [isOpen, setOpen] = useState(false);
  const facts = [
    downloads !== null && say("downloads", { count: downloads }),
    updatedAt !== null && say("updated", { when: figures.daysAgo(updatedAt) }),
  ];
  return (
    <li>
      <button
        type="button"
        className="quiet-button repo-button"
        aria-expanded={isOpen}
        onClick={() => {
          if (!isOpen) void openRepo(repo);
          setOpen(!isOpen);
        }}
      >
        <bdi className="repo-name">{repo}</bdi>
        {gated && (
          <span className="tag" title={say("gatedHint")}>
            {say("gated")}
          </span>
        )}
        <span className="model-facts">{facts.filter(Boolean).join(" · ")}</span>
      </button>
      {isOpen && <HubListingTable repo={repo} revision="main" path={null} />}
    </li>
  );
}
