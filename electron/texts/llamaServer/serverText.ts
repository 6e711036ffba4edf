import type { Fit } from "../../contract/fit.ts";
import type { ServerPlan, StartedServer } from "../../contract/llamaServer.ts";
import { mostRestarts } from "../../contract/llamaServerLimits.ts";
import type { Texts } from "../texts.ts";

/** Returns where llama-server would put a model. */
export function placementText({ say }: Pick<Texts, "say">, { placement, devices }: ServerPlan): string {
  if (placement.by !== "experts") return say(`llamaServer:plan.${placement.by}`);
  const device = devices[0]?.name ?? "";
  const { expertLayersInMemory: layers, expertLayers: total } = placement;
  if (layers === 0) return say("llamaServer:plan.whole", { device });
  if (layers === total) return say("llamaServer:plan.allExperts", { device });
  return say("llamaServer:plan.someExperts", { device, layers, total });
}

/** Returns how llama-server would place a model that does not fit otherwise. */
export const onServerText = (
  { say }: Pick<Texts, "say">,
  { expertLayersInMemory: layers, expertLayers: total }: NonNullable<Fit["onServer"]>,
): string => say("models:memory.onServer", { layers, total });

/** Returns what the llama-server is doing. Empty if it failed: its problem says so. */
export function serverStateText({ say }: Pick<Texts, "say">, server: StartedServer): string {
  switch (server.state) {
    case "failed":
      return "";
    case "waiting":
      return say("llamaServer:state.waiting", { restart: server.restart, most: mostRestarts });
    case "off":
    case "starting":
      return say(`llamaServer:state.${server.state}`);
    case "loading":
    case "ready": {
      const { state, memoryBytes: size } = server;
      if (state === "ready" && !server.isHealthy) return say("llamaServer:state.silent");
      if (size === null) return say(`llamaServer:state.${state}`);
      return say(`llamaServer:state.${state}Holds`, { size });
    }
  }
}
