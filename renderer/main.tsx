import { lazy, Suspense, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import type { Bridge } from "../electron/contract/bridge.ts";
import { App } from "./app/App.tsx";
import { AppFailure } from "./app/AppFailure.tsx";
import { applyRememberedAppearance } from "./app/useAppearance.ts";
import { openFromAddress } from "./app/useRoute.ts";
import { tellRefused } from "./app/tellRefused.ts";
import { windowKind } from "./app/windowKind.ts";
import { LockGate } from "./features/chatLock/LockGate.tsx";
import { answerTypesetter } from "./features/chats/markdown/answerTypesetter.ts";
import { FaultBoundary } from "./parts/FaultBoundary.tsx";
import { closableDoor } from "./stores/closableDoor.ts";
import { type Door, openDoor } from "./stores/door.ts";
import { logFault } from "./stores/logFault.ts";
import { createStores } from "./stores/stores.ts";
import { StoresContext } from "./stores/useStores.ts";
import { createWindowStores, type WindowStores } from "./stores/windowStores.ts";
import "./app/theme.css";
import "./app/controls/buttons.css";
import "./app/controls/fields.css";
import "./app/controls/signs.css";
import "./app/controls/tabs.css";
import "./app/controls/dialogs.css";
import "./app/controls/menus.css";
import "./app/controls/notices.css";
import "./app/controls/tables.css";
import "./app/controls/diff.css";
import "./app/shell.css";
import "./app/downloadStrip.css";
import "./features/chats/chatList.css";
import "./features/chats/conversation.css";
import "./features/chats/messages.css";
import "./features/chats/thought.css";
import "./features/chats/replyNote.css";
import "./features/chats/replyFooter.css";
import "./features/chats/composer.css";
import "./features/chats/chatHeader.css";
import "./features/chats/emptyChat.css";
import "./features/chats/markdown/answer.css";
import "./features/chatLock/chatLock.css";
import "./features/pages.css";
import "./features/settings/settings.css";
import "./features/settings/apiServer.css";
import "./features/models/models.css";
import "./features/models/modelTable.css";
import "./features/models/modelCells.css";
import "./features/models/modelDetail.css";
import "./features/hardware/hardware.css";
import "./features/models/picker.css";
import "./features/models/modelCard.css";
import "./features/models/openedFiles.css";
import "./features/benchmark/benchmark.css";
import "./features/benchmark/charts.css";
import "./features/preview/preview.css";
import "./features/commands/commands.css";

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly r1: Bridge;
  }
}

const PrintedChat = lazy(() => import("./features/chats/PrintedChat.tsx"));

const typesetter = answerTypesetter({
  processorMs: async () => {
    const outcome = await window.r1.call("shell.processorTime", {});
    return outcome.ok ? outcome.value : null;
  },
});

const log = (text: string): string => logFault(window.r1, text);
window.addEventListener("error", ({ error, message }) => {
  log(error instanceof Error ? (error.stack ?? error.message) : message);
});
window.addEventListener("unhandledrejection", ({ reason }) => {
  log(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
});

/** Inside the boundary, so that stores that cannot be created are handled like a window that cannot be rendered. */
function Window() {
  const [{ door, stores }] = useState(() => {
    const opened = openDoor(window.r1);
    tellRefused(opened);
    return { door: opened, stores: createWindowStores(opened) };
  });
  return (
    <StoresContext value={stores}>
      <LockGate door={door}>
        <Chats door={door} ofWindow={stores} />
      </LockGate>
    </StoresContext>
  );
}

/** What the window shows of the chats, which it knows nothing of while they are locked. */
function Chats({ door, ofWindow }: { door: Door; ofWindow: WindowStores }) {
  const [{ stores, close }] = useState(() => {
    const own = closableDoor(door);
    const created = createStores(own.door, ofWindow);
    // Not in an effect, because the first paint would show an empty chat.
    openFromAddress(created);
    return { stores: created, close: own.close };
  });
  useEffect(() => close, [close]);
  return (
    <StoresContext value={stores}>
      {windowKind() === "print" ? (
        <Suspense>
          <PrintedChat />
        </Suspense>
      ) : (
        <App />
      )}
    </StoresContext>
  );
}

applyRememberedAppearance();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <FaultBoundary
      logFault={log}
      fallback={(faultId, tryAgain) => <AppFailure faultId={faultId} tryAgain={tryAgain} />}
    >
      <Window />
    </FaultBoundary>,
  );
  // The typesetter's workers are not needed for the first paint.
  requestIdleCallback(() => typesetter.warmUp());
}
