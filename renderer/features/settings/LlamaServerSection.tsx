import { useEffect } from "react";
import type { LlamaServerState, StartedServer } from "../../../electron/contract/llamaServer.ts";
import { isFile } from "../../../electron/contract/modelKinds.ts";
import { serverStateText } from "../../../electron/texts/llamaServer/serverText.ts";
import { PathName } from "../../parts/PathName.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useLlamaServer, useModels } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import { LlamaServerLog } from "./LlamaServerLog.tsx";
import { LlamaServerPlan } from "./LlamaServerPlan.tsx";
import { LlamaServerSetup } from "./LlamaServerSetup.tsx";
import { fieldOf } from "./settingEntries.ts";

/** The llama-server that the app runs: its program, what it is to run, how it is, and what it wrote. */
export function LlamaServerSection() {
  const say = useSay("llamaServer");
  const known = useLlamaServer((state) => state.known);
  const problem = useLlamaServer((state) => state.problem);
  const read = useLlamaServer((state) => state.read);
  const start = useLlamaServer((state) => state.start);
  const stop = useLlamaServer((state) => state.stop);
  const list = useModels((state) => state.list);
  useEffect(() => void read(), [read]);
  const value = known.state === "ready" ? known.value : null;
  const models = list.state === "ready" ? list.value.filter(isFile) : [];
  const isOff = value === null || value.server.state === "off" || value.server.state === "failed";
  const canStart = value !== null && value.program !== null && models.some(({ id }) => id === value.setup.modelId);
  return (
    <section className="servers" aria-labelledby="llama-server">
      <SectionHead id="llama-server" title={say("window.title")}>
        {/* One element, so that it keeps the focus while its words change. */}
        <button
          type="button"
          className="button"
          disabled={isOff && !canStart}
          aria-label={say(isOff ? "window.startNamed" : "window.stopNamed")}
          onClick={() => void (isOff ? start() : stop())}
        >
          {say(isOff ? "window.start" : "window.stop")}
        </button>
      </SectionHead>
      <p className="hint">{say("window.intro")}</p>
      {known.state === "failed" && <ProblemNotice problem={known.problem} />}
      {value !== null && (
        <>
          <ServerLine server={value.server} />
          {problem !== null && <ProblemNotice problem={problem} />}
          <dl className="pairs settings">
            <Program program={value.program} />
            <LlamaServerSetup setup={value.setup} models={models} />
          </dl>
          {!isOff && <p className="hint">{say("window.startsNext")}</p>}
          <LlamaServerPlan plan={value.plan} canAsk={canStart} />
          <LlamaServerLog isRunning={!isOff} />
        </>
      )}
    </section>
  );
}

/** What it is doing. What is announced has its place before there is anything to say; its memory changes too often for that. */
function ServerLine({ server }: { server: StartedServer }) {
  const texts = useTexts();
  const { say } = texts;
  const { state } = server;
  // Why it failed stands below.
  const told: StartedServer =
    state === "failed" ? { state: "off" } : "memoryBytes" in server ? { ...server, memoryBytes: null } : server;
  const size = "memoryBytes" in server ? server.memoryBytes : null;
  const isSilent = state === "ready" && !server.isHealthy;
  return (
    <>
      <p className="server-state">
        <output>{serverStateText(texts, told)}</output>{" "}
        {isSilent && <span className="quiet">{say("llamaServer:window.silentHint")}</span>}{" "}
        {size !== null && <span className="quiet">{say("llamaServer:window.holds", { size })}</span>}
      </p>
      {(state === "failed" || state === "waiting") && <ProblemNotice problem={server.problem} />}
    </>
  );
}

function Program({ program }: Pick<LlamaServerState, "program">) {
  const say = useSay("llamaServer");
  const choose = useLlamaServer((state) => state.choose);
  const isChoosing = useLlamaServer((state) => state.isChoosing);
  return (
    <>
      <dt>
        <span>{say("settings:names.llamaServer")}</span>
      </dt>
      <dd>
        <div className="setting-line setting-text">
          <output className="llama-server-program">
            {program === null ? (
              say("window.noProgram")
            ) : (
              <>
                <PathName path={program.path} /> <span className="quiet">{program.version}</span>
              </>
            )}
          </output>
          <button
            type="button"
            id={fieldOf("llamaServer")}
            className="button"
            aria-disabled={isChoosing}
            aria-label={say("window.chooseLabel")}
            onClick={() => void choose()}
          >
            {say(isChoosing ? "window.examining" : "window.choose")}
          </button>
        </div>
        <p className="hint">{say("window.programHint")}</p>
      </dd>
    </>
  );
}
