// First, because it must be in place before KaTeX is loaded.
import "./standardsMode.ts";
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { App } from "../../../renderer/app/App.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge } from "./fakeBridge.ts";

// The test page has no requestIdleCallback.
beforeEach(() => {
  vi.stubGlobal("requestIdleCallback", (work: () => void) => setTimeout(work));
  vi.stubGlobal("cancelIdleCallback", clearTimeout);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Opens the window at an address, with the test's responses to its calls. A test file that imports it is cleaned up. */
export function openApp(hash: string, answers: Parameters<typeof fakeBridge>[0] = {}) {
  window.location.hash = hash;
  const fake = fakeBridge(answers);
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <App />
    </StoresContext>,
  );
  return { ...fake, stores };
}
