import { cpus, release, totalmem } from "node:os";
import { app } from "electron";
import type { EngineInfo } from "../contract/engine.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { personalNames } from "../workbench/hardware/personalNames.ts";
import { withoutPersonal } from "../workbench/hardware/withoutPersonal.ts";
import { readFaultLog, recentFaults } from "../workbench/faults/recentFaults.ts";

const mostFaults = 20;

/**
 * Returns what a bug report needs, as JSON: versions, the system, the backends and the codes of recent faults. It holds
 * no words from chats, and no path or name of the user.
 */
export async function diagnostics(home: string, workbench: Promise<Pick<Workbench, "call">>): Promise<string> {
  const state = workbench.then(
    (opened) => opened.call("engine.state", {}),
    () => null,
  );
  const [engine, log] = await Promise.all([state, readFaultLog(home)]);
  const facts = {
    app: app.getVersion(),
    isPackaged: app.isPackaged,
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    systemRelease: release(),
    processor: cpus()[0]?.model ?? null,
    logicalCores: cpus().length,
    memoryBytes: totalmem(),
    engine: engine === null ? null : engineFacts(engine.state, "info" in engine ? engine.info : null),
    recentFaults: log.state === "read" ? recentFaults(log.text, mostFaults) : [],
  };
  // What drivers and the system report may name anything.
  return JSON.stringify(withoutPersonal(facts, personalNames(home)), null, 2);
}

function engineFacts(state: string, info: EngineInfo | null): object {
  if (info === null) return { state };
  const { nodeVersion, libraryVersion, llamaRelease, backend, computeCores, cpuFeatures, probes } = info;
  return {
    state,
    node: nodeVersion,
    nodeLlamaCpp: libraryVersion,
    llamaCpp: llamaRelease,
    backend,
    computeCores,
    cpuFeatures,
    backends: probes.map((probe) => ({ ...probe, reason: probe.reason.code })),
  };
}
