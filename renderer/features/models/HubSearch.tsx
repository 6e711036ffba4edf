import { Search } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { HubRepo } from "../../../electron/contract/hub.ts";
import { count, daysAgo } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useHub } from "../../stores/useStores.ts";
import { HubListingTable } from "./HubListingTable.tsx";

/** Any GGUF model on the hub: by words, a link or an `hf:` name. */
export function HubSearch() {
  const access = useHub((state) => state.access);
  const problem = useHub((state) => state.problem);
  const found = useHub((state) => state.found);
  const search = useHub((state) => state.search);
  const [text, setText] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") void search(text.trim());
  };
  const host = access === null ? "the hub" : new URL(access.endpoint).host;
  return (
    <section aria-labelledby="hub-heading">
      <h2 id="hub-heading">Any other model</h2>
      <search>
        <form className="hub-search" onSubmit={submit}>
          <input
            type="text"
            className="hub-words"
            aria-label="Search the hub"
            placeholder="Words, a link, or hf:owner/name"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <button type="submit" className="button">
            <Search size={16} aria-hidden /> Search
          </button>
        </form>
      </search>
      <p className="hint">What you type goes to {host} when you press Search, and not before.</p>
      {problem && <ProblemNotice problem={problem} />}
      {found?.kind === "repo" && <HubListingTable repo={found.repo} revision={found.revision} path={found.path} />}
      {found?.kind === "repos" && found.repos.state === "loading" && <p className="page-note">Searching…</p>}
      {found?.kind === "repos" && found.repos.state === "failed" && (
        <ProblemNotice problem={found.repos.problem}>
          <button type="button" className="button" onClick={() => void search(found.words)}>
            Try again
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
  if (repos.length === 0) {
    return (
      <p className="page-note">
        The hub has no GGUF model for “<bdi>{words}</bdi>”. Try fewer words.
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
  const openRepo = useHub((state) => state.openRepo);
  const [isOpen, setOpen] = useState(false);
  const facts = [
    downloads !== null && `${count(downloads)} downloads`,
    updatedAt !== null && `updated ${daysAgo(updatedAt)}`,
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
          <span className="tag" title="Its authors ask you to accept terms on the hub first">
            gated
          </span>
        )}
        <span className="model-facts">{facts.filter(Boolean).join(" · ")}</span>
      </button>
      {isOpen && <HubListingTable repo={repo} revision="main" path={null} />}
    </li>
  );
}
