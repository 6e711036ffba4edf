import { useEffect, useState } from "react";
import type { HardwareReport, MachineProfile } from "../../../electron/contract/hardware.ts";
import { hardwareReport, measurementText } from "../../../electron/texts/hardwareReport.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useHardware, useShell } from "../../stores/useStores.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { texts, useFigures, useReasonText, useSay } from "../../texts.ts";

/** The machine's specifications, each with what it means for models. */
export function ThisMachine() {
  const say = useSay("hardware");
  const { profile, reading, problem, read, report } = useHardware((state) => state);
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  useEffect(() => void read(), [read]);
  const copy = async (): Promise<void> => {
    const told = await report();
    // The report is in English, for the people who will read it.
    setCopied(told !== null && (await copyText(reportText(told))));
  };
  return (
    <section aria-labelledby="machine-heading">
      <h2 id="machine-heading">{say("machine.heading")}</h2>
      {problem && <ProblemNotice problem={problem} />}
      {profile ? (
        <MachineFacts profile={profile} />
      ) : (
        reading && <p className="page-note">{say("machine.measuring")}</p>
      )}
      {profile && (
        <p className="section-actions">
          <button type="button" className="button" disabled={reading} onClick={() => void read(true)}>
            {say(reading ? "machine.measuring" : "machine.again")}
          </button>
          <button type="button" className="button" disabled={reading} onClick={() => void copy()}>
            {say("machine.copy")}
          </button>
          {copied && <output>{say("machine.copied")}</output>}
        </p>
      )}
    </section>
  );
}

const reportText = (report: HardwareReport): string =>
  hardwareReport(openTexts("en"), report)
    .map(([label, value]) => `${label}: ${value}\n`)
    .join("");

/** The weights of R1-Distill-Qwen-1.5B as Q4_K_M. Each token reads all of them once. */
const exampleBytes = 1.1e9;

function MachineFacts({ profile }: { profile: MachineProfile }) {
  const say = useSay("hardware");
  const figures = useFigures();
  const { os, cpu, memory, gpus, disk, power, thermal } = profile;
  const reasonText = useReasonText();
  const { bandwidthBytesPerSecond: bandwidth, bandwidthNoise: noise } = memory;
  return (
    <dl className="facts">
      <dt>{say("machine.system")}</dt>
      <dd>{figures.joined([os.name, os.architecture])}</dd>
      <dt>{say("machine.processor")}</dt>
      <dd>
        {cpu.model}
        <p className="hint">
          {say("machine.processorHint", {
            cores: say("benchmark:facts.cores", { count: cpu.physicalCores }),
            count: cpu.usableCores,
            logical: say("benchmark:threads", { count: cpu.logicalCores }),
            threads: cpu.defaultThreads,
            features: figures.joined(cpu.features) || say("machine.unknown"),
          })}
        </p>
      </dd>
      <dt>{say("machine.memory")}</dt>
      <dd>{say("machine.memoryFree", { total: memory.totalBytes, free: memory.freeBytes })}</dd>
      <dt>{say("machine.bandwidth")}</dt>
      <dd>
        {bandwidth === null ? say("machine.notMeasured") : figures.rate(bandwidth)}
        <p className="hint">
          {joinSentences(texts, [
            bandwidth === null
              ? memory.bandwidthProblem && measurementText(texts, memory.bandwidthProblem)
              : say("machine.bandwidthHint", { speed: Math.round(bandwidth / exampleBytes) }),
            noise && reasonText(`hardware:machine.noise.${noise.code}`, noise.facts),
          ])}
        </p>
      </dd>
      <dt>{say("machine.graphics")}</dt>
      <dd>
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
        {profile.backends.map(
          ({ name, advice }) =>
            advice !== null && (
              <p key={name} className="hint">
                <span className="tag">{backendNames[name]}</span> {say(`machine.advices.${advice}`)}
              </p>
            ),
        )}
      </dd>
      <dt>{say("machine.disk")}</dt>
      <dd>
        {say("machine.diskFree", { free: disk.freeBytes, total: disk.totalBytes })}
        <p className="hint">
          {disk.readBytesPerSecond === null
            ? joinSentences(texts, [
                say("machine.diskUnknown"),
                disk.readProblem && measurementText(texts, disk.readProblem),
              ])
            : say("machine.diskHint", {
                rate: disk.readBytesPerSecond,
                time: figures.seconds((1000 * exampleBytes) / disk.readBytesPerSecond),
              })}
        </p>
      </dd>
      <dt>{say("machine.power")}</dt>
      <dd>
        {figures.joined([
          say(power.source === "unknown" ? "machine.notReported" : `machine.${power.source}`),
          power.batteryPercent === null ? null : say("machine.charge", { charge: power.batteryPercent }),
          power.mode === null ? null : say("machine.mode", { mode: power.mode }),
        ])}
        {power.source === "battery" && <p className="hint">{say("machine.batteryHint")}</p>}
      </dd>
      <dt>{say("machine.heat")}</dt>
      <dd>
        {thermal.celsius === null
          ? say("machine.notReported")
          : say("machine.degrees", { degrees: Math.round(thermal.celsius) })}
        {thermal.throttled === true && <p className="hint">{say("machine.throttled")}</p>}
      </dd>
    </dl>
  );
}
