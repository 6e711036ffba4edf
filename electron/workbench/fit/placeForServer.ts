import type { ServerDevice, ServerPlan } from "../../contract/llamaServer.ts";
import type { MatrixGroup } from "../../contract/models.ts";
import { memoryNeed } from "../models/memoryNeed.ts";
import type { TimedModel } from "./predictSpeed.ts";

export interface ServerPlacementQuestion {
  contextSize: number;
  devices: readonly Pick<ServerDevice, "freeBytes">[];
  /** Main memory that a model may use. */
  usableBytes: number;
}

export type PlacedModel = Pick<
  ServerPlan,
  "placement" | "deviceBytes" | "memoryBytes" | "usableBytes" | "isReadFromDisk"
>;

/** llama-server's own default (common/common.h, `n_ubatch`). */
const batchSize = 512;
/** Share of a device's free memory that is left for its driver. */
const reserve = 0.1;

/**
 * Returns where llama-server is to put a model. With one device, everything that each token needs goes there, and of the
 * experts as many layers as there is room for, from the last one: `--n-cpu-moe` counts from the first. Where that does
 * not settle it, llama-server fits the model itself.
 */
export function placeForServer(
  { shape, matrices }: Pick<TimedModel, "shape" | "matrices">,
  { contextSize, devices, usableBytes }: ServerPlacementQuestion,
): PlacedModel {
  const { layers, expertLayers = 0 } = shape;
  const { weightsBytes, keyValueBytes, computeBytes } = memoryNeed(shape, { contextSize, batchSize, gpuLayers: 0 });
  const inMemory = (placement: PlacedModel["placement"], deviceBytes: number, memoryBytes: number): PlacedModel => ({
    placement,
    deviceBytes,
    memoryBytes,
    usableBytes,
    isReadFromDisk: memoryBytes > usableBytes,
  });
  const [device] = devices;
  if (device === undefined) {
    return inMemory({ by: "processor" }, 0, weightsBytes + keyValueBytes + computeBytes);
  }
  const experts = sumOf(matrices, ({ use }) => use === "experts");
  const rest = sumOf(matrices, ({ use }) => use !== "experts") + keyValueBytes + computeBytes;
  const room = device.freeBytes * (1 - reserve) - rest;
  if (devices.length > 1 || expertLayers === 0 || room < 0) {
    const all = devices.reduce((sum, { freeBytes }) => sum + freeBytes * (1 - reserve), 0);
    const isReadFromDisk = weightsBytes + keyValueBytes + computeBytes > all + usableBytes;
    return { placement: { by: "itself" }, deviceBytes: null, memoryBytes: null, usableBytes, isReadFromDisk };
  }
  const perLayer = experts / expertLayers;
  const onDevice = Math.min(expertLayers, Math.floor(room / perLayer));
  // Embeddings are looked up, which llama.cpp always does in main memory.
  const embeddings = Math.max(0, weightsBytes - sumOf(matrices, () => true));
  const expertLayersInMemory = expertLayers - onDevice;
  return inMemory(
    {
      by: "experts",
      // The first layers may have no experts, and count all the same.
      layersInMemory: expertLayersInMemory === 0 ? 0 : layers - onDevice,
      expertLayersInMemory,
      expertLayers,
    },
    Math.ceil(rest + perLayer * onDevice),
    Math.ceil(embeddings + perLayer * expertLayersInMemory),
  );
}

const sumOf = (matrices: readonly MatrixGroup[], counts: (group: MatrixGroup) => boolean): number =>
  matrices.reduce((sum, group) => sum + (counts(group) ? group.sizeBytes : 0), 0);
