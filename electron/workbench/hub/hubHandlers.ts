import type { Handlers } from "../../contract/calls.ts";
import type { HubAccess, HubListing, hubCalls } from "../../contract/hub.ts";
import type { Hub } from "./Hub.ts";

export interface HubHandlersOptions {
  hub: Hub;
  /** A listing's sizes and hashes, for whoever keeps better numbers than its own. */
  onListing?: (listing: HubListing) => void;
}

/** Answers the `hub.*` calls. */
export function hubHandlers({ hub, onListing }: HubHandlersOptions): Handlers<typeof hubCalls> {
  const access = async (): Promise<HubAccess> => ({ ...hub.address(), ...(await hub.token.describe(hub.origin())) });
  return {
    "hub.read": ({ text }) => hub.read(text),
    "hub.search": async ({ words }) => await hub.use((client) => client.search(words)),
    "hub.listing": async ({ repo, revision }) => {
      const listing = await hub.use((client) => client.listing(repo, revision));
      onListing?.(listing);
      return listing;
    },
    "hub.access": access,
    "hub.setToken": async ({ token }) => {
      await hub.token.set(hub.origin(), token);
      return await access();
    },
  };
}
