import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from "electron";
import { channels } from "../contract/bridge.ts";
import { workbenchCalls, type Handlers } from "../contract/calls.ts";
import { WorkbenchError, toProblem, type Outcome } from "../contract/errors.ts";
import { shellCalls } from "../contract/shell.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { showProblems } from "../workbench/faults/showProblems.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { appOrigin } from "./appProtocol.ts";

export interface DoorOptions {
  /** The only page whose messages are accepted. Null while no window is open. */
  page: () => WebContents | null;
  workbench: Promise<Workbench>;
  shell: Handlers<typeof shellCalls>;
  faults: FaultLog;
}

/**
 * The only IPC entry point: it checks the sender of every message, parses the input of every call, and gives every
 * failure a code. Failures leave it without stacks and folders.
 */
export function openIpcDoor({ page, workbench, shell, faults }: DoorOptions): void {
  const shown = <Value>(value: Value): Value => showProblems(value, (problem) => faults.shown(problem));

  function isOurPage(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
    const frame = event.senderFrame;
    return event.sender === page() && frame !== null && frame === event.sender.mainFrame && frame.origin === appOrigin;
  }

  async function answer(name: unknown, input: unknown): Promise<unknown> {
    if (isName(shellCalls, name)) return callShell(shell, name, input);
    if (isName(workbenchCalls, name)) return (await workbench).call(name, input as never);
    throw new WorkbenchError("input-invalid", undefined, "unknown-call");
  }

  async function outcomeOf<Value>(event: IpcMainInvokeEvent, work: () => Promise<Value>): Promise<Outcome<Value>> {
    try {
      if (!isOurPage(event)) throw new WorkbenchError("input-invalid", undefined, "foreign-caller");
      return { ok: true, value: shown(await work()) };
    } catch (error) {
      return { ok: false, error: faults.shown(toProblem(error)) };
    }
  }

  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) => outcomeOf(event, () => answer(name, input)));

  // The preload sends the path that the system reports for a dropped file. The page cannot influence it.
  ipcMain.handle(channels.importFile, (event, path: unknown) =>
    outcomeOf(event, async () => {
      if (typeof path !== "string" || path === "") throw new WorkbenchError("model-file-missing");
      return await (await workbench).linkModel(path);
    }),
  );

  ipcMain.on(channels.attachRun, (event, runId: unknown) => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (!isOurPage(event) || typeof runId !== "string") {
      port.close();
      return;
    }
    let detach: () => void = () => {};
    let closed = false;
    port.on("close", () => {
      closed = true;
      detach();
    });
    port.start();
    workbench.then(
      (opened) => {
        if (closed) return;
        detach = opened.attachRun(runId, (frame) => {
          if (!closed) port.postMessage(shown(frame));
        });
      },
      () => {
        port.close();
      },
    );
  });
}

function isName<Registry extends object>(registry: Registry, name: unknown): name is keyof Registry & string {
  return typeof name === "string" && Object.hasOwn(registry, name);
}

async function callShell<Name extends keyof typeof shellCalls>(
  shell: Handlers<typeof shellCalls>,
  name: Name,
  input: unknown,
): Promise<unknown> {
  const parsed = shellCalls[name].input.safeParse(input);
  if (!parsed.success) throw new WorkbenchError("input-invalid", undefined, parsed.error.message);
  return shell[name](parsed.data as never);
}
