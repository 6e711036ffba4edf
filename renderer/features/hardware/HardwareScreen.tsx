import type { ReactNode } from "react";
import type { BackendProbe, EngineInfo, EngineState } from "../../../electron/contract/engine.ts";
import type { LoadState } from "../../../electron/contract/models.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { useEngine, useModels } from "../../stores/useStores.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { useFigures, useReasonText, useSay } from "../../texts.ts";
import { ThisMachine } from "./ThisMachine.tsx";

export interface HardwareScreenProps {
  tune: ReactNode;
  benchmark: ReactNode;
}

/** This machine and its performance: hardware, benchmark, engine, backend with the reason, loaded model. */
export default function HardwareScreen({ tune, benchmark }: HardwareScreenProps) {
  const say = useSay("hardware");
  const engine = useEngine((state) => state.engine);
  const loaded = useModels((state) => state.loaded);
  return (
    <main className="page" aria-label={say("title")}>
      <ScreenHeader title={say("title")} />
      <div className="page-body hardware-body">
        <ThisMachine />
        {tune}
        {benchmark}
        <section aria-labelledby="engine-heading">
          <h2 id="engine-heading">{say("engine.heading")}</h2>
          {engine ? <EngineFacts engine={engine} /> : <p className="page-note">{say("engine.asking")}</p>}
        </section>
        <section aria-labelledby="loaded-heading">
          <h2 id="loaded-heading">{say("loaded.heading")}</h2>
          <LoadedFacts loaded={loaded} />
        </section>
      </div>
    </main>
  );
}

function EngineFacts({ engine }: { engine: EngineState }) {
  const say = useSay("hardware");
  const start = useEngine((state) => state.start);
  return (
    <>
      <dl className="facts">
        <dt>{say("engine.state")}</dt>
        <dd>{say(`engine.states.${engine.state}`)}</dd>
        {(engine.state === "ready" || engine.state === "busy") && <InfoFacts info={engine.info} />}
      </dl>
      {(engine.state === "crashed" || engine.state === "gaveUp") && (
        <ProblemNotice problem={engine.problem} safe={say("shell:engine.chatsSafe")}>
          {engine.state === "gaveUp" && (
            <button type="button" className="button" onClick={() => void start()}>
              {say("shell:engine.start")}
            </button>
          )}
        </ProblemNotice>
      )}
      {engine.state === "stopped" && (
        <button type="button" className="button" onClick={() => void start()}>
          {say("shell:engine.start")}
        </button>
      )}
      {(engine.state === "ready" || engine.state === "busy") && (
        <Probes probes={engine.info.probes} chosen={engine.info.backend} />
      )}
    </>
  );
}

function InfoFacts({ info }: { info: EngineInfo }) {
  const say = useSay("hardware");
  const figures = useFigures();
  return (
    <>
      <dt>{say("engine.backend")}</dt>
      <dd>{backendNames[info.backend]}</dd>
      <dt>{say("engine.process")}</dt>
      <dd className="figure">{info.pid}</dd>
      <dt>{say("engine.library")}</dt>
      <dd>
        {figures.joined([
          `node-llama-cpp ${info.libraryVersion}`,
          `llama.cpp ${info.llamaRelease}`,
          `Node ${info.nodeVersion}`,
        ])}
      </dd>
    </>
  );
}

function Probes({ probes, chosen }: { probes: readonly BackendProbe[]; chosen: EngineInfo["backend"] }) {
  const say = useSay("hardware");
  const figures = useFigures();
  const reasonText = useReasonText();
  return (
    <div className="table-scroll">
      <table className="facts-table">
        <caption>{say("engine.probes")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("engine.backend")}</th>
            <th scope="col">{say("engine.usable")}</th>
            <th scope="col">{say("engine.why")}</th>
            <th scope="col">{say("engine.devices")}</th>
          </tr>
        </thead>
        <tbody>
          {probes.map(({ backend, usable, reason, devices }) => (
            <tr key={backend}>
              <td>
                {backendNames[backend]} {backend === chosen && <span className="tag">{say("engine.inUse")}</span>}
              </td>
              <td>{say(usable ? "engine.yes" : "engine.no")}</td>
              <td>{reasonText(`hardware:engine.reasons.${reason.code}`, reason.facts)}</td>
              <td>{devices.length === 0 ? say("engine.noDevices") : figures.joined(devices)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LoadedFacts({ loaded }: { loaded: LoadState }) {
  const say = useSay("hardware");
  const figures = useFigures();
  if (loaded.state === "none") return <p className="page-note">{say("loaded.none")}</p>;
  if (loaded.state === "loading") return <p className="page-note">{say("loaded.loading", { name: loaded.name })}</p>;
  if (loaded.state === "failed") return <ProblemNotice problem={loaded.problem} />;
  const { facts, need, name } = loaded;
  return (
    <>
      <dl className="facts">
        <dt>{say("loaded.model")}</dt>
        <dd>
          <bdi>{name}</bdi>
        </dd>
        <dt>{say("loaded.layers")}</dt>
        <dd className="figure">
          {say("loaded.layersOn", { gpu: facts.gpuLayers, cpu: Math.max(0, facts.layers - facts.gpuLayers) })}
        </dd>
        <dt>{say("loaded.context")}</dt>
        <dd className="figure">{figures.tokens(facts.contextSize)}</dd>
        <dt>{say("loaded.batch")}</dt>
        <dd className="figure">{figures.tokens(facts.batchSize)}</dd>
        <dt>{say("loaded.threads")}</dt>
        <dd className="figure">{facts.threads}</dd>
        <dt>{say("loaded.loadedIn")}</dt>
        <dd className="figure">{figures.seconds(facts.loadMs, 2)}</dd>
      </dl>
      <table className="facts-table is-narrow">
        <caption>{say("loaded.memory")}</caption>
        <tbody>
          <tr>
            <th scope="row">{say("loaded.weights")}</th>
            <td className="is-figure">{figures.bytes(need.weightsBytes)}</td>
          </tr>
          <tr>
            <th scope="row">{say("loaded.cache")}</th>
            <td className="is-figure">{figures.bytes(need.keyValueBytes)}</td>
          </tr>
          <tr>
            <th scope="row">{say("loaded.buffers")}</th>
            <td className="is-figure">{figures.bytes(need.computeBytes)}</td>
          </tr>
          <tr>
            <th scope="row">{say("loaded.total")}</th>
            <td className="is-figure">{figures.bytes(need.totalBytes)}</td>
          </tr>
          <tr>
            <th scope="row">{say("loaded.largest")}</th>
            <td className="is-figure">{figures.bytes(need.largestBufferBytes)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
