// @vitest-environment happy-dom
import { cleanup, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { useRoute } from "../../../renderer/app/useRoute.ts";
import type { Stores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";

afterEach(cleanup);

interface Opened {
  openId: string | null;
  open: (openId: string | null) => void;
}

test("a chat whose address was left and come back to at once is open again", async () => {
  window.location.hash = "#/chat/a";
  const conversation = createStore<Opened>()((set) => ({ openId: null, open: (openId) => set({ openId }) }));
  const stores = { conversation } as unknown as Stores;
  const wrapper = ({ children }: { children: ReactNode }) => <StoresContext value={stores}>{children}</StoresContext>;
  renderHook(() => useRoute(), { wrapper });
  await waitFor(() => expect(conversation.getState().openId).toBe("a"));
  // The events of both changes come after the second one.
  conversation.getState().open(null);
  expect(window.location.hash).toBe("#/chat");
  window.location.hash = "#/chat/a";
  await waitFor(() => expect(conversation.getState().openId).toBe("a"));
});
