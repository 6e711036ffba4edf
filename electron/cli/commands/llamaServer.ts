import { resolve } from "node:path";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { StartedServer } from "../../contract/llamaServer.ts";
import { planFacts } from "../../texts/llamaServer/planFacts.ts";
import { serverStateText } from "../../texts/llamaServer/serverText.ts";
import { Signal } from "../../workbench/Signal.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { modelIdOf } from "../modelIdOf.ts";
import { StepLines } from "../StepLines.ts";

/** `r1 llama-server`: runs a llama-server for a model until it is interrupted, or says where the model would be placed. */
export async function llamaServer(command: CommandOf<"llama-server">, run: CommandRun): Promise<number> {
  const { terminal } = run;
  const states = new Signal<StartedServer>();
  const workbench = await run.open({ "llamaServer.changed": (state) => states.emit(state) });
  if (command.program !== null) await workbench.chooseLlamaServer(resolve(command.program));
  const { setup } = await workbench.call("llamaServer.state", {});
  await workbench.call("llamaServer.setUp", {
    modelId: (await modelIdOf(workbench, command.model)) ?? setup.modelId,
    contextSize: command.contextSize ?? setup.contextSize,
    workers: command.workers ?? setup.workers,
  });
  if (!command.isOnlyPlanned) return await serve(workbench, states, run);
  const plan = await workbench.call("llamaServer.plan", {});
  if (terminal.json) terminal.document(plan);
  else terminal.facts(planFacts(terminal.texts, plan));
  return 0;
}

/** Resolves once the server was stopped. Rejects with why it failed. */
async function serve(
  workbench: Workbench,
  states: Signal<StartedServer>,
  { terminal, cancelling }: CommandRun,
): Promise<number> {
  const steps = new StepLines(terminal, !terminal.json);
  const ended = new Promise<void>((done, failed) => {
    states.on((state) => {
      steps.show(serverStateText(terminal.texts, state));
      if (state.state === "off") done();
      if (state.state === "failed") failed(toError(state.problem));
    });
  });
  // Whoever waits for the start learns of it too.
  ended.catch(() => undefined);
  /** Whoever did not end it learns that it was ended because of its workers on other machines. */
  const stopped = (): number => {
    if (!cancelling.aborted && workbench.isOffline()) throw new WorkbenchError("offline", { case: "cut" });
    return 130;
  };
  const stop = (): void => void workbench.call("llamaServer.stop", {});
  cancelling.addEventListener("abort", stop, { once: true });
  // While it waits to be started again, nothing else keeps this process alive.
  const alive = setInterval(() => undefined, 60_000);
  try {
    if (cancelling.aborted) return 130;
    await workbench.call("llamaServer.start", {});
    const access = workbench.llamaServerAccess();
    if (access === null) return stopped();
    steps.end();
    const { url, key, name: model } = access;
    if (terminal.json) terminal.document({ url, key, model });
    else {
      terminal.write(`${terminal.texts.say("llamaServer:terminal.listening", { model, url })}\n`);
      terminal.write(`${terminal.texts.say("llamaServer:terminal.key", { key })}\n`);
    }
    await ended;
    return stopped();
  } finally {
    clearInterval(alive);
    steps.end();
  }
}
