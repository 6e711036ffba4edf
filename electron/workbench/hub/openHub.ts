import type { HubAccess, HubListing, hubCalls } from "../../contract/hub.ts";
import type { Capability } from "../Capability.ts";
import type { CatalogNames } from "../catalog/catalogNames.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { Hub, type HubOptions } from "./Hub.ts";
import type { Secrets } from "./HubToken.ts";
import type { ResolveProxy } from "../network/proxyAddress.ts";

interface Options {
  settings: Pick<SettingsStore, "get" | "change">;
  secrets: Secrets | undefined;
  network: HubOptions["network"];
  resolveProxy: ResolveProxy | undefined;
  confirmHub: ((origin: string) => Promise<boolean>) | undefined;
  nameOf: CatalogNames;
  /** Called with a listing, for callers that store sizes and hashes. */
  onListing: (listing: HubListing) => void;
}

/** Opens the hub: search and access. No request is sent before a caller makes one. */
export function openHub(options: Options): Capability<typeof hubCalls, Hub> {
  const { settings, secrets = null, network, resolveProxy, confirmHub, nameOf, onListing } = options;
  const hub = new Hub({
    endpointSetting: () => settings.get().hubEndpoint,
    secrets,
    network,
    resolveProxy,
    agreement: {
      agreed: () => settings.get().agreedHubOrigins,
      agree: async (origin) => {
        await settings.change({ agreedHubOrigins: [...settings.get().agreedHubOrigins, origin] });
      },
      confirm: confirmHub,
    },
  });
  const access = async (): Promise<HubAccess> => ({ ...hub.address(), ...(await hub.token.describe(hub.origin())) });
  return {
    api: hub,
    handlers: {
      "hub.read": ({ text }) => hub.read(text),
      "hub.search": ({ words }) =>
        hub.use({ code: "search", facts: { words: words.slice(0, 300) } }, (client) => client.search(words)),
      "hub.listing": async ({ repo, revision }) => {
        const listing = await hub.use({ code: "listing", facts: { repo: repo.slice(0, 300) } }, (client) =>
          client.listing(repo, revision),
        );
        onListing(listing);
        const named = listing.models.map(async (model) => ({
          ...model,
          name: (await nameOf(model.file)) ?? model.name,
        }));
        return { ...listing, models: await Promise.all(named) };
      },
      "hub.access": access,
      "hub.setToken": async ({ token }) => {
        await hub.token.set(hub.origin(), token);
        return await access();
      },
    },
  };
}
