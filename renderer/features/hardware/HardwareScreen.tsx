import type { ReactNode } from "react";
import type { BackendProbe, EngineInfo, EngineState } from "../../../electron/contract/engine.ts";
import type { LoadState } from "../../../electron/contract/models.ts";
import { bytes, count, seconds } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useEngine, useModels } from "../../stores/useStores.ts";
import { backendNames } from "../../parts/backendNames.ts";
import { ThisMachine } from "./ThisMachine.tsx";

export interface HardwareScreenProps {
  sidebarButton: ReactNode;
  tune: ReactNode;
  benchmark: ReactNode;
}

/** What does the work on this machine and how fast: machine, benchmark, engine, backend and why, loaded model. */
export default function HardwareScreen({ sidebarButton, tune, benchmark }: HardwareScreenProps) {
  const engine = useEngine((state) => state.engine);
  const loaded = useModels((state) => state.loaded);
  return (
    <main className="page" aria-label="Hardware">
      <header className="screen-header">
        {sidebarButton}
        <h1 className="screen-title">Hardware</h1>
      </header>
      <div className="page-body hardware-body">
        <ThisMachine />
        {tune}
        {benchmark}
        <section aria-labelledby="engine-heading">
          <h2 id="engine-heading">Engine</h2>
          {engine ? <EngineFacts engine={engine} /> : <p className="page-note">Asking the engine…</p>}
        </section>
        <section aria-labelledby="loaded-heading">
          <h2 id="loaded-heading">Loaded model</h2>
          <LoadedFacts loaded={loaded} />
        </section>
      </div>
    </main>
  );
}

const stateWords: Record<EngineState["state"], string> = {
  stopped: "Stopped",
  starting: "Starting: trying the backends, each in a process of its own",
  ready: "Ready",
  busy: "At work on a reply, a benchmark or a tuning",
  stopping: "Stopping",
  crashed: "Crashed, starting again",
  gaveUp: "Gave up after three failures",
};

function EngineFacts({ engine }: { engine: EngineState }) {
  const start = useEngine((state) => state.start);
  return (
    <>
      <dl className="facts">
        <dt>State</dt>
        <dd>{stateWords[engine.state]}</dd>
        {(engine.state === "ready" || engine.state === "busy") && <InfoFacts info={engine.info} />}
      </dl>
      {(engine.state === "crashed" || engine.state === "gaveUp") && (
        <ProblemNotice problem={engine.problem} safe="Your chats are safe.">
          {engine.state === "gaveUp" && (
            <button type="button" className="button" onClick={() => void start()}>
              Start engine
            </button>
          )}
        </ProblemNotice>
      )}
      {engine.state === "stopped" && (
        <button type="button" className="button" onClick={() => void start()}>
          Start engine
        </button>
      )}
      {(engine.state === "ready" || engine.state === "busy") && (
        <Probes probes={engine.info.probes} chosen={engine.info.backend} />
      )}
    </>
  );
}

function InfoFacts({ info }: { info: EngineInfo }) {
  return (
    <>
      <dt>Backend</dt>
      <dd>{backendNames[info.backend]}</dd>
      <dt>Process</dt>
      <dd className="figure">{info.pid}</dd>
      <dt>Library</dt>
      <dd>
        node-llama-cpp <span className="figure">{info.libraryVersion}</span>, llama.cpp{" "}
        <span className="figure">{info.llamaRelease}</span>, Node <span className="figure">{info.nodeVersion}</span>
      </dd>
    </>
  );
}

function Probes({ probes, chosen }: { probes: readonly BackendProbe[]; chosen: EngineInfo["backend"] }) {
  return (
    <div className="table-scroll">
      <table className="facts-table">
        <caption>Backends, in the order they were tried</caption>
        <thead>
          <tr>
            <th scope="col">Backend</th>
            <th scope="col">Usable</th>
            <th scope="col">Why</th>
            <th scope="col">Devices</th>
          </tr>
        </thead>
        <tbody>
          {probes.map(({ backend, usable, reason, devices }) => (
            <tr key={backend}>
              <td>
                {backendNames[backend]} {backend === chosen && <span className="tag">in use</span>}
              </td>
              <td>{usable ? "yes" : "no"}</td>
              <td>{reason}</td>
              <td>{devices.length === 0 ? "none" : devices.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LoadedFacts({ loaded }: { loaded: LoadState }) {
  if (loaded.state === "none")
    return <p className="page-note">None. A model is loaded with the first message, or when you choose one.</p>;
  if (loaded.state === "loading") return <p className="page-note">Loading {loaded.name}…</p>;
  if (loaded.state === "failed") return <ProblemNotice problem={loaded.problem} />;
  const { facts, need, name } = loaded;
  return (
    <>
      <dl className="facts">
        <dt>Model</dt>
        <dd>
          <bdi>{name}</bdi>
        </dd>
        <dt>Layers</dt>
        <dd className="figure">
          {facts.gpuLayers} on the GPU, {Math.max(0, facts.layers - facts.gpuLayers)} on the CPU
        </dd>
        <dt>Context</dt>
        <dd className="figure">{count(facts.contextSize)} tokens</dd>
        <dt>Batch</dt>
        <dd className="figure">{count(facts.batchSize)} tokens</dd>
        <dt>Threads</dt>
        <dd className="figure">{facts.threads}</dd>
        <dt>Loaded in</dt>
        <dd className="figure">{seconds(facts.loadMs, 2)}</dd>
      </dl>
      <table className="facts-table is-narrow">
        <caption>Memory it needs at this context</caption>
        <tbody>
          <tr>
            <th scope="row">Weights</th>
            <td className="is-figure">{bytes(need.weightsBytes)}</td>
          </tr>
          <tr>
            <th scope="row">Keys and values</th>
            <td className="is-figure">{bytes(need.keyValueBytes)}</td>
          </tr>
          <tr>
            <th scope="row">Computing</th>
            <td className="is-figure">{bytes(need.computeBytes)}</td>
          </tr>
          <tr>
            <th scope="row">Together</th>
            <td className="is-figure">{bytes(need.totalBytes)}</td>
          </tr>
          <tr>
            <th scope="row">Largest single buffer</th>
            <td className="is-figure">{bytes(need.largestBufferBytes)}</td>
          </tr>
        </tbody>
      </table>
    </>
  );
}
