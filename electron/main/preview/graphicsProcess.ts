import { app, type ProcessMetric } from "electron";

/** Returns the figures of the process that draws for the whole app, or null while there is none. */
export function graphicsProcess(metrics = app.getAppMetrics()): ProcessMetric | null {
  return metrics.find(({ type }) => type === "GPU") ?? null;
}

/** Returns the processor time that a process has used, in milliseconds. */
export function processorMsOf(metric: ProcessMetric | null | undefined): number {
  return (metric?.cpu.cumulativeCPUUsage ?? 0) * 1000;
}
