import { useEffect, useState } from "react";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";
import { bytes, rate } from "../../parts/figures.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useHardware, useShell } from "../../stores/useStores.ts";
import { backendNames } from "../../parts/backendNames.ts";

/** The machine in plain facts, each with what it means for models. */
export function ThisMachine() {
  const { profile, reading, problem, read, report } = useHardware((state) => state);
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  useEffect(() => void read(), [read]);
  const copy = async (): Promise<void> => {
    const text = await report();
    setCopied(text !== null && (await copyText(text)));
  };
  return (
    <section aria-labelledby="machine-heading">
      <h2 id="machine-heading">This machine</h2>
      {problem && <ProblemNotice problem={problem} />}
      {profile ? <MachineFacts profile={profile} /> : reading && <p className="page-note">Measuring…</p>}
      {profile && (
        <p className="section-actions">
          <button type="button" className="button" disabled={reading} onClick={() => void read(true)}>
            {reading ? "Measuring…" : "Measure again"}
          </button>
          <button type="button" className="button" disabled={reading} onClick={() => void copy()}>
            Copy for a bug report
          </button>
          {copied && <output>Copied, without names and paths.</output>}
        </p>
      )}
    </section>
  );
}

/** The weights of R1-Distill-Qwen-1.5B as Q4_K_M: each token reads all of them once. */
const exampleBytes = 1.1e9;

function MachineFacts({ profile }: { profile: MachineProfile }) {
  const { os, cpu, memory, gpus, disk, power, thermal } = profile;
  const { bandwidthBytesPerSecond: bandwidth } = memory;
  return (
    <dl className="facts">
      <dt>System</dt>
      <dd>
        {os.name}, {os.architecture}
      </dd>
      <dt>Processor</dt>
      <dd>
        {cpu.model}
        <p className="hint">
          {cpu.physicalCores} cores, {cpu.usableCores} of {cpu.logicalCores} threads usable here; a model gets{" "}
          {cpu.defaultThreads} unless you choose another number. Instruction sets in use:{" "}
          {cpu.features.join(", ") || "not known"}.
        </p>
      </dd>
      <dt>Memory</dt>
      <dd>
        {bytes(memory.totalBytes)}, {bytes(memory.freeBytes)} free
      </dd>
      <dt>Memory speed</dt>
      <dd>
        {bandwidth === null ? "Not measured" : rate(bandwidth)}
        <p className="hint">
          {bandwidth === null
            ? memory.bandwidthProblem
            : `On the processor, about ${Math.round(bandwidth / exampleBytes)} tok/s at most for a 1.1 GB model.`}
          {memory.bandwidthNoise !== null && ` ${memory.bandwidthNoise}`}
        </p>
      </dd>
      <dt>Graphics</dt>
      <dd>
        {gpus.length === 0 && "None that can be used: models run on the processor."}
        {gpus.map(({ name, totalBytes, freeBytes, driver }, index) => (
          // Two equal cards have equal names.
          <div key={`${index} ${name}`}>
            {name}
            {totalBytes !== null && `, ${bytes(totalBytes)}, ${bytes(freeBytes ?? 0)} free`}
            {driver !== null && `, driver ${driver}`}
          </div>
        ))}
        {profile.backends.map(
          ({ name, advice }) =>
            advice !== null && (
              <p key={name} className="hint">
                {backendNames[name]}: {advice}
              </p>
            ),
        )}
      </dd>
      <dt>Models’ disk</dt>
      <dd>
        {bytes(disk.freeBytes)} free of {bytes(disk.totalBytes)}
        <p className="hint">
          {disk.readBytesPerSecond === null
            ? `Speed not measured. ${disk.readProblem ?? ""}`
            : `Read at ${rate(disk.readBytesPerSecond)}: a 1.1 GB model loads in ${(exampleBytes / disk.readBytesPerSecond).toFixed(1)} s at best.`}
        </p>
      </dd>
      <dt>Power</dt>
      <dd>
        {power.source === "unknown" ? "Not reported by the system" : power.source === "mains" ? "Mains" : "Battery"}
        {power.batteryPercent !== null && `, battery at ${power.batteryPercent} %`}
        {power.mode !== null && `, mode ${power.mode}`}
        {power.source === "battery" && <p className="hint">On battery many machines write more slowly.</p>}
      </dd>
      <dt>Heat</dt>
      <dd>
        {thermal.celsius === null ? "Not reported by the system" : `${Math.round(thermal.celsius)} °C`}
        {thermal.throttled === true && <p className="hint">The processor slows itself down to stay cool.</p>}
      </dd>
    </dl>
  );
}
