import { useEffect } from "react";
import type { BackendSpeed as Speed } from "../../../electron/contract/backendSpeeds.ts";
import type { Component } from "../../../electron/contract/components.ts";
import type { Backend, EngineState } from "../../../electron/contract/engine.ts";
import type { MachineProfile, MeasurementProblem } from "../../../electron/contract/hardware.ts";
import type { LoadState } from "../../../electron/contract/models.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { backendSpeedText } from "../../../electron/texts/backendText.ts";
import { measurementText } from "../../../electron/texts/hardwareReport.ts";
import type { Figures } from "../../../electron/texts/figures.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { Badge } from "../../parts/Badge.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useCatalog, useComponents, useEngine, useFit, useHardware, useModels } from "../../stores/useStores.ts";
import { BackendChoiceFact } from "./BackendChoiceFact.tsx";
import { ComponentFact } from "./ComponentFact.tsx";
import { Fact } from "./Fact.tsx";
import { texts, useFigures, useReasonText, useSay } from "../../texts.ts";

/** What this machine has for models, each with what it means for them; and the engine with its model. */
export function ThisMachine() {
  const say = useSay("hardware");
  const { profile, reading, problem, read } = useHardware((state) => state);
  const engine = useEngine((state) => state.engine);
  const loaded = useModels((state) => state.loaded);
  const { list: components, changes, read: readComponents } = useComponents((state) => state);
  useEffect(() => void readComponents(), [readComponents]);
  // Installing or removing one changes the backends.
  useEffect(() => void read(), [read, changes]);
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      {profile === null && reading && <p className="page-note">{say("machine.measuring")}</p>}
      <dl className="pairs machine">
        {profile && <MachineFacts profile={profile} engine={engine} components={components} />}
        {engine && <EngineFacts engine={engine} />}
        <LoadedFacts loaded={loaded} />
      </dl>
    </>
  );
}

/** The weights of R1-Distill-Qwen-1.5B as Q4_K_M. Each token reads all of them once. */
const exampleBytes = 1.1e9;

/** The user can do something about these: wait, or measure again. */
const passing: readonly MeasurementProblem[] = ["notYet", "busy", "littleMemory", "unfinished"];

interface MachineFactsProps {
  profile: MachineProfile;
  engine: EngineState | null;
  components: readonly Component[];
}

function MachineFacts({ profile, engine, components }: MachineFactsProps) {
  const say = useSay("hardware");
  const figures = useFigures();
  const reasonText = useReasonText();
  const room = useCatalog(({ catalog }) => (catalog.state === "ready" ? catalog.value.usableBytes : null));
  const { os, cpu, memory, gpus, disk, power, thermal } = profile;
  const { bandwidthBytesPerSecond: bandwidth, bandwidthProblem, bandwidthNoise: noise } = memory;
  const whyNot = (problem: MeasurementProblem | null): string | null =>
    problem !== null && passing.includes(problem) ? measurementText(texts, problem) : null;
  const logical = say("benchmark:threads", { count: cpu.logicalCores });
  return (
    <>
      <Fact name={say("machine.system")}>{figures.joined([os.name, os.architecture])}</Fact>
      <Fact
        name={say("machine.processor")}
        why={joinSentences(texts, [
          cpu.usableCores === cpu.logicalCores
            ? null
            : say("machine.threadsUsable", { count: cpu.usableCores, logical }),
          say("machine.threadsUsed", { count: cpu.defaultThreads }),
          cpu.features.length === 0 ? null : say("machine.instructions", { features: figures.names(cpu.features) }),
        ])}
      >
        {figures.joined([cpu.model, say("benchmark:facts.cores", { count: cpu.physicalCores }), logical])}
      </Fact>
      <Fact name={say("machine.memory")} why={room === null ? "" : say("machine.roomFor", { size: room })}>
        {say("machine.memoryFree", { total: memory.totalBytes, free: memory.freeBytes })}
      </Fact>
      {(bandwidth !== null || whyNot(bandwidthProblem) !== null) && (
        <Fact
          name={say("machine.bandwidth")}
          why={joinSentences(texts, [
            bandwidth === null
              ? whyNot(bandwidthProblem)
              : say("machine.bandwidthHint", { speed: Math.round(bandwidth / exampleBytes) }),
            noise && reasonText(`hardware:machine.noise.${noise.code}`, noise.facts),
          ])}
        >
          {bandwidth === null ? say("machine.notMeasured") : figures.rate(bandwidth)}
        </Fact>
      )}
      <Fact name={say("machine.graphics")}>
        {gpus.length === 0 && say("machine.noGraphics")}
        {gpus.map(({ name, totalBytes, freeBytes, driver }, index) => (
          // Two identical cards have identical names.
          <div key={`${index} ${name}`}>
            {figures.joined([
              name,
              totalBytes === null ? null : say("machine.cardMemory", { total: totalBytes, free: freeBytes ?? 0 }),
              driver === null ? null : say("machine.driver", { version: driver }),
            ])}
          </div>
        ))}
      </Fact>
      <BackendFacts backends={profile.backends} engine={engine} />
      {components.map((component) => (
        <ComponentFact key={component.name} component={component} />
      ))}
      <BackendChoiceFact />
      <Fact
        name={say("machine.disk")}
        why={
          disk.readBytesPerSecond === null
            ? (whyNot(disk.readProblem) ?? "")
            : say("machine.diskHint", { time: loadTime(figures, disk.readBytesPerSecond) })
        }
      >
        {figures.joined([
          say("machine.diskFree", { free: disk.freeBytes, total: disk.totalBytes }),
          disk.readBytesPerSecond === null ? null : say("machine.diskReads", { rate: disk.readBytesPerSecond }),
        ])}
      </Fact>
      {power.source !== "unknown" && (
        <Fact name={say("machine.power")} why={power.source === "battery" ? say("machine.batteryHint") : ""}>
          {figures.joined([
            say(`machine.${power.source}`),
            power.batteryPercent === null ? null : say("machine.charge", { charge: power.batteryPercent }),
            power.mode === null ? null : say("machine.mode", { mode: power.mode }),
          ])}
        </Fact>
      )}
      {(thermal.celsius !== null || thermal.throttled === true) && (
        <Fact name={say("machine.heat")}>
          {figures.joined([
            thermal.celsius === null ? null : say("machine.degrees", { degrees: Math.round(thermal.celsius) }),
            thermal.throttled === null
              ? null
              : say(`benchmark:facts.${thermal.throttled ? "throttled" : "notThrottled"}`),
          ])}
        </Fact>
      )}
    </>
  );
}

/** Returns how long the example takes to read, with one more digit below a second. */
function loadTime(figures: Figures, bytesPerSecond: number): string {
  const milliseconds = (1000 * exampleBytes) / bytesPerSecond;
  return figures.seconds(milliseconds, milliseconds < 1000 ? 2 : 1);
}

/** Backends that exist only on other systems. */
const elsewhere = ["macosOnly", "notOnMacos", "metalInstead"];

interface BackendFactsProps {
  backends: MachineProfile["backends"];
  engine: EngineState | null;
}

function BackendFacts({ backends, engine }: BackendFactsProps) {
  const say = useSay("hardware");
  const reasonText = useReasonText();
  const inUse = engine?.state === "ready" || engine?.state === "busy" ? engine.info.backend : null;
  const comparison = useFit((state) => state.comparison);
  const speeds = comparison?.backends ?? [];
  const speedOf = (name: Backend) => speeds.find(({ backend }) => backend === name);
  // With one backend there is nothing to compare.
  const areCompared = speeds.length > 1;
  const shown = backends.filter(({ reason }) => !elsewhere.includes(reason.code));
  return (
    <Fact name={say("machine.backends")}>
      {shown.map(({ name, usable, reason, advice }) => (
        <div key={name} className="backend">
          {backendNames[name]}{" "}
          {name === inUse ? (
            <Badge accent>{say("engine.inUse")}</Badge>
          ) : (
            !usable && <Badge>{say("engine.notUsable")}</Badge>
          )}
          {areCompared && <BackendSpeed speed={speedOf(name)} />}
          {!usable && (
            <p className="quiet small">
              {joinSentences(texts, [
                reasonText(`hardware:engine.reasons.${reason.code}`, reason.facts),
                advice && say(`machine.advices.${advice}`),
              ])}
            </p>
          )}
        </div>
      ))}
    </Fact>
  );
}

/** How fast a backend is, or why that is not known. */
function BackendSpeed({ speed }: { speed: Speed | undefined }) {
  const say = useSay("hardware");
  const figures = useFigures();
  if (speed === undefined) return null;
  const text = backendSpeedText({ say: texts.say, figures }, speed);
  const isFigure = speed.speed !== null;
  return (
    <>
      {isFigure && <span className="backend-speed">{text}</span>}
      {speed.devices.length > 0 && <p className="quiet small">{speed.devices.join(", ")}</p>}
      {speed.software && <p className="quiet small">{say("backends.software")}</p>}
      {!isFigure && <p className="quiet small">{text}</p>}
    </>
  );
}

function EngineFacts({ engine }: { engine: EngineState }) {
  const say = useSay("hardware");
  const figures = useFigures();
  const start = useEngine((state) => state.start);
  const info = engine.state === "ready" || engine.state === "busy" ? engine.info : null;
  const startButton = (
    <button type="button" className="button" onClick={() => void start()}>
      {say("shell:engine.start")}
    </button>
  );
  return (
    <Fact
      name={say("engine.heading")}
      why={
        info === null
          ? ""
          : figures.joined([
              `llama.cpp ${info.llamaRelease}`,
              `node-llama-cpp ${info.libraryVersion}`,
              `Node ${info.nodeVersion}`,
              say("engine.process", { pid: String(info.pid) }),
            ])
      }
    >
      {say(`engine.states.${engine.state}`)}
      {engine.state === "stopped" && startButton}
      {(engine.state === "crashed" || engine.state === "gaveUp") && (
        <ProblemNotice problem={engine.problem} safe={say("shell:engine.chatsSafe")}>
          {engine.state === "gaveUp" && startButton}
        </ProblemNotice>
      )}
    </Fact>
  );
}

function LoadedFacts({ loaded }: { loaded: LoadState }) {
  const say = useSay("hardware");
  const figures = useFigures();
  if (loaded.state === "none") return null;
  const name = say("loaded.heading");
  if (loaded.state === "loading") {
    const key = loaded.isPreparing ? "loaded.preparing" : "loaded.loading";
    return <Fact name={name}>{say(key, { name: loaded.name })}</Fact>;
  }
  if (loaded.state === "failed") {
    return (
      <Fact name={name}>
        <ProblemNotice problem={loaded.problem} />
      </Fact>
    );
  }
  const { facts, need } = loaded;
  return (
    <Fact
      name={name}
      why={say("loaded.memory", {
        total: need.totalBytes,
        weights: need.weightsBytes,
        cache: need.keyValueBytes,
        buffers: need.computeBytes,
      })}
    >
      <bdi>{loaded.name}</bdi>
      <p>
        {figures.joined([
          say("benchmark:threads", { count: facts.threads }),
          say("loaded.contextOf", { tokens: facts.contextSize }),
          say("benchmark:picture.batch", { batch: facts.batchSize }),
          facts.gpuLayers === 0
            ? null
            : say("loaded.layersOn", { gpu: facts.gpuLayers, cpu: Math.max(0, facts.layers - facts.gpuLayers) }),
          say("loaded.loadedIn", { time: figures.seconds(facts.loadMs, 2) }),
        ])}
      </p>
    </Fact>
  );
}
