import { contextBridge, ipcRenderer, webUtils } from "electron";
import { channels, type Bridge } from "../contract/bridge.ts";
import type { RunFrame } from "../contract/runs.ts";

/** One listener for all stores. Main sends only pairs of the `Events` type. */
const relays = new Set<(name: unknown, data: unknown) => void>();
ipcRenderer.on(channels.event, (_event, name: unknown, data: unknown) => {
  for (const relay of relays) relay(name, data);
});

/** Only a file that the user gave to the page has a path. One that the page created has none. */
const pathOf = (file: unknown): string => (file instanceof File ? webUtils.getPathForFile(file) : "");

/** Only these five functions are exposed to the page, and no Electron object. */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input),

  onEvent(listener) {
    const relay = (name: unknown, data: unknown): void => {
      listener(name as never, data as never);
    };
    relays.add(relay);
    return () => {
      relays.delete(relay);
    };
  },

  attachRun(runId, listener) {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", (event: MessageEvent<RunFrame>) => {
      listener(event.data);
    });
    port1.start();
    ipcRenderer.postMessage(channels.attachRun, runId, [port2]);
    return () => {
      port1.close();
    };
  },

  importFile(file) {
    return ipcRenderer.invoke(channels.importFile, pathOf(file));
  },

  attachFiles(files, chatId) {
    const chosen = [...files].map((file) => ({ path: pathOf(file), name: file instanceof File ? file.name : "" }));
    return ipcRenderer.invoke(channels.attachFiles, chosen, chatId);
  },
};

contextBridge.exposeInMainWorld("r1", bridge);
