import { Plus } from "lucide-react";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useServers } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ServerItem } from "./ServerItem.tsx";
import { ServerSheet } from "./ServerSheet.tsx";
import { fieldOf } from "./settingEntries.ts";
import "./servers.css";

/** The servers whose models can be used: what is known about each, and ways to add, test, change and remove them. */
export function ServersSection() {
  const say = useSay("servers");
  const list = useServers((state) => state.list);
  const edited = useServers((state) => state.edited);
  const edit = useServers((state) => state.edit);
  const problem = useServers((state) => state.problem);
  const servers = list.state === "ready" ? list.value.servers : [];
  const isEmpty = list.state === "ready" && servers.length === 0;
  return (
    <section className="servers" aria-labelledby="servers">
      <SectionHead id="servers" title={say("title")}>
        <button
          type="button"
          id={fieldOf("servers")}
          className={isEmpty ? "button primary" : "button"}
          disabled={list.state !== "ready"}
          onClick={() => edit(null)}
        >
          <Plus size={16} aria-hidden />
          {say("add")}
        </button>
      </SectionHead>
      <p className="hint">{say("intro")}</p>
      {problem && <ProblemNotice problem={problem} />}
      {list.state === "loading" && <p className="page-note">{say("reading")}</p>}
      {list.state === "failed" && <ProblemNotice problem={list.problem} />}
      {isEmpty && <p className="page-note">{say("none")}</p>}
      {servers.length > 0 && (
        <ul aria-labelledby="servers">
          {servers.map((server) => (
            <ServerItem key={server.id} server={server} />
          ))}
        </ul>
      )}
      {edited !== null && list.state === "ready" && (
        <ServerSheet server={edited.server} canKeepKey={list.value.canKeepKey} />
      )}
    </section>
  );
}
