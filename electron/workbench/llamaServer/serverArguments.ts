import type { ServerPlacement, ServerSetup } from "../../contract/llamaServer.ts";

export interface ServedModel {
  path: string;
  name: string;
}

/**
 * Returns what llama-server is started with, except for its address and key. It fetches nothing, and answers one request
 * at a time with the whole context.
 */
export function serverArguments(
  { path, name }: ServedModel,
  { contextSize, workers }: ServerSetup,
  placement: ServerPlacement,
): string[] {
  return [
    ...workerArguments(workers),
    "--model",
    path,
    "--alias",
    aliasOf(name),
    "--ctx-size",
    String(contextSize),
    "--parallel",
    "1",
    "--offline",
    "--no-webui",
    ...placementArguments(placement),
  ];
}

/** Returns what llama-server is told that its model is named. A comma would give it several names. */
export const aliasOf = (name: string): string => name.replaceAll(",", " ");

export const workerArguments = (workers: readonly string[]): string[] =>
  workers.length === 0 ? [] : ["--rpc", workers.join(",")];

function placementArguments(placement: ServerPlacement): string[] {
  // It then fits the model itself.
  if (placement.by !== "experts") return [];
  const { layersInMemory, expertLayersInMemory, expertLayers } = placement;
  const onDevice = ["--n-gpu-layers", "999"];
  if (expertLayersInMemory === 0) return onDevice;
  if (expertLayersInMemory === expertLayers) return [...onDevice, "--cpu-moe"];
  return [...onDevice, "--n-cpu-moe", String(layersInMemory)];
}
