import { type BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from "electron";
import { z } from "zod";
import { channels } from "../contract/bridge.ts";
import { type Handlers, pageCalls, windowCalls } from "../contract/calls.ts";
import { draftChat } from "../contract/documents.ts";
import { WorkbenchError, toProblem, type Outcome } from "../contract/errors.ts";
import { parsedInput } from "../workbench/answerCall.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";
import { showProblems } from "../workbench/faults/showProblems.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { appOrigin } from "./appProtocol.ts";

export interface DoorOptions {
  /** Returns the window of a page that the app opened. Messages of any other page are refused. */
  windowOf: (contents: WebContents) => BrowserWindow | null;
  workbench: Promise<Workbench>;
  /** Returns the handlers for calls from this window. */
  ofWindow: (window: BrowserWindow) => Handlers<typeof windowCalls>;
  /** Shows what files that were dropped on a page are. */
  openFiles: (paths: readonly string[]) => void;
  faults: FaultLog;
}

/**
 * The only IPC entry point: it checks the sender of every message, parses the input of every call, and gives every
 * failure a code. Failures leave it without stacks and folders.
 */
export function openIpcDoor({ windowOf, workbench, ofWindow, openFiles, faults }: DoorOptions): void {
  const shown = <Value>(value: Value): Value => showProblems(value, (problem) => faults.shown(problem));

  /** Returns the window whose page sent the message, or null if it is not our own page. */
  function senderOf({ sender, senderFrame: frame }: IpcMainInvokeEvent | IpcMainEvent): BrowserWindow | null {
    const isOurPage = frame?.origin === appOrigin && frame === sender.mainFrame;
    return isOurPage ? windowOf(sender) : null;
  }

  async function answer(window: BrowserWindow, name: unknown, input: unknown): Promise<unknown> {
    if (isName(windowCalls, name)) return callWindow(ofWindow(window), name, input);
    // Parsed here too: the terminal may say more than a page.
    if (isName(pageCalls, name)) return (await workbench).call(name, parsedInput(pageCalls[name], input) as never);
    throw new WorkbenchError("input-invalid", undefined, "unknown-call");
  }

  async function outcomeOf<Value>(
    event: IpcMainInvokeEvent,
    work: (window: BrowserWindow) => Promise<Value>,
  ): Promise<Outcome<Value>> {
    try {
      const window = senderOf(event);
      if (window === null) throw new WorkbenchError("input-invalid", undefined, "foreign-caller");
      return { ok: true, value: shown(await work(window)) };
    } catch (error) {
      return { ok: false, error: faults.shown(toProblem(error)) };
    }
  }

  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) =>
    outcomeOf(event, (window) => answer(window, name, input)),
  );

  // The preload sends the path that the system reports for a dropped file. The page cannot influence it.
  ipcMain.handle(channels.importFile, (event, path: unknown) =>
    outcomeOf(event, () => {
      if (typeof path !== "string" || path === "") return Promise.reject(new WorkbenchError("model-file-missing"));
      openFiles([path]);
      return Promise.resolve(null);
    }),
  );

  // The same for files that are attached to a message.
  ipcMain.handle(channels.attachFiles, (event, files: unknown, chatId: unknown) =>
    outcomeOf(event, async () => {
      const given = attachedSchema.safeParse({ files, chatId });
      if (!given.success) throw new WorkbenchError("input-invalid", undefined, given.error.message);
      const withoutPath = given.data.files.find(({ path }) => path === "");
      if (withoutPath !== undefined) {
        throw new WorkbenchError("document-unreadable", { name: withoutPath.name, case: "notFile" });
      }
      await (await workbench).attachDocuments(
        given.data.chatId,
        given.data.files.map(({ path }) => path),
      );
      return null;
    }),
  );

  ipcMain.on(channels.attachRun, (event, runId: unknown) => {
    const [port] = event.ports;
    if (port === undefined) return;
    if (senderOf(event) === null || typeof runId !== "string") {
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

const attachedSchema = z.object({
  files: z.array(z.object({ path: z.string().max(32_768), name: z.string().max(1000) })).max(10_000),
  chatId: draftChat,
});

function isName<Registry extends object>(registry: Registry, name: unknown): name is keyof Registry & string {
  return typeof name === "string" && Object.hasOwn(registry, name);
}

async function callWindow<Name extends keyof typeof windowCalls>(
  handlers: Handlers<typeof windowCalls>,
  name: Name,
  input: unknown,
): Promise<unknown> {
  return handlers[name](parsedInput(windowCalls[name], input) as never);
}
