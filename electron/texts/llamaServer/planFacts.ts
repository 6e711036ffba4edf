import type { ServerPlan } from "../../contract/llamaServer.ts";
import type { Texts } from "../texts.ts";
import { placementText } from "./serverText.ts";

/** Returns where llama-server would put a model and how fast it would be, as labels with their values. */
export function planFacts(
  texts: Pick<Texts, "say" | "figures">,
  plan: ServerPlan,
): (readonly [label: string, value: string])[] {
  const { say, figures } = texts;
  const { devices, deviceBytes, memoryBytes: size, usableBytes: usable, speed } = plan;
  const listed = devices.map(({ name, description, freeBytes: free }) =>
    say("llamaServer:plan.device", { name, description, free }),
  );
  const facts: (readonly [label: string, value: string] | null)[] = [
    [say("llamaServer:plan.labels.devices"), figures.names(listed) || say("llamaServer:plan.noDevices")],
    [say("llamaServer:plan.labels.where"), placementText(texts, plan)],
    deviceBytes === null || deviceBytes === 0
      ? null
      : [say("llamaServer:plan.labels.onDevice"), figures.bytes(deviceBytes)],
    size === null ? null : [say("llamaServer:plan.labels.inMemory"), say("llamaServer:plan.memory", { size, usable })],
    plan.isReadFromDisk ? [say("llamaServer:plan.labels.disk"), say("llamaServer:plan.fromDisk")] : null,
    [
      say("llamaServer:plan.labels.writing"),
      speed === null
        ? say("llamaServer:plan.speedUnknown")
        : say("models:speed.about", { speed: figures.aboutSpeed(speed.generation.value) }),
    ],
    [say("llamaServer:plan.labels.command"), plan.arguments.join(" ")],
  ];
  return facts.filter((fact) => fact !== null);
}
