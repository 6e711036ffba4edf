import { createRoot } from "react-dom/client";
import type { Bridge } from "../electron/contract/bridge.ts";
import { App } from "./app/App.tsx";
import { answerTypesetter } from "./features/chats/markdown/answerTypesetter.ts";
import { openDoor } from "./stores/door.ts";
import { createStores } from "./stores/stores.ts";
import { StoresContext } from "./stores/useStores.ts";
import "./app/theme.css";
import "./app/controls.css";
import "./app/shell.css";
import "./features/chats/chatList.css";
import "./features/chats/conversation.css";
import "./features/chats/composer.css";
import "./features/chats/markdown/answer.css";
import "./features/pages.css";
import "./features/models/models.css";
import "./features/benchmark/benchmark.css";
import "./features/benchmark/charts.css";
import "./features/tune/tune.css";

declare global {
  interface Window {
    /** Set by the preload script. */
    readonly r1: Bridge;
  }
}

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StoresContext value={createStores(openDoor(window.r1))}>
      <App />
    </StoresContext>,
  );
  // Its workers are not needed for the first paint.
  requestIdleCallback(() => answerTypesetter().warmUp());
}
