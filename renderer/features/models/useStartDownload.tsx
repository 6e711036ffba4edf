import { type ReactNode, useState } from "react";
import type { HubFile } from "../../../electron/contract/downloads.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { useDownloads, useSettings, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { llamaLicence } from "./llamaLicence.ts";

export interface WantedFile {
  name: string;
  file: HubFile;
  /** The version of Llama whose terms a download accepts. Null if it is not based on Llama. */
  llamaVersion: string | null;
  /** False if the hub states no hash for it. */
  verifiable: boolean;
}

/**
 * Returns a function that starts a download, and what it asks first: once for the licence of each version of Llama, and
 * always for a file that cannot be verified.
 */
export function useStartDownload(): { start: (wanted: WantedFile) => void; question: ReactNode } {
  const say = useSay("models");
  const begin = useDownloads((state) => state.start);
  const accepted = useSettings(({ settings }) => settings?.acceptedLicences ?? []);
  const change = useSettings((state) => state.change);
  const openLink = useShell((state) => state.openLink);
  const [asked, setAsked] = useState<{ about: "licence" | "hash"; wanted: WantedFile } | null>(null);

  const checkHash = (wanted: WantedFile): void => {
    if (wanted.verifiable) void begin(wanted.file);
    else setAsked({ about: "hash", wanted });
  };
  const start = (wanted: WantedFile): void => {
    const { llamaVersion } = wanted;
    if (llamaVersion !== null && !accepted.includes(llamaLicence(llamaVersion).id)) {
      setAsked({ about: "licence", wanted });
    } else checkHash(wanted);
  };
  return { start, question: asked && question(asked) };

  function question({ about, wanted }: NonNullable<typeof asked>): ReactNode {
    const close = (): void => setAsked(null);
    const { name, file, llamaVersion } = wanted;
    if (about === "hash" || llamaVersion === null) {
      return (
        <Confirm
          key="hash"
          title={say("hub:unverifiedTitle", { name })}
          action={say("hub:unverifiedAction")}
          onConfirm={() => void begin(file, true)}
          onClose={close}
        >
          {say("hub:unverifiedDetail")}
        </Confirm>
      );
    }
    const { id, url } = llamaLicence(llamaVersion);
    const accept = (): void => {
      void change({ acceptedLicences: [...accepted, id] });
      // The dialog closes itself after this, so a second question must come later.
      if (wanted.verifiable) void begin(file);
      else setTimeout(() => setAsked({ about: "hash", wanted }));
    };
    return (
      <Confirm
        key="licence"
        title={say("licence.askTitle", { name, version: llamaVersion })}
        action={say("licence.accept")}
        onConfirm={accept}
        onClose={close}
      >
        <p>{say("family.llamaTerms", { version: llamaVersion })}</p>
        <button type="button" className="text-button" onClick={() => void openLink(url)}>
          {say("licence.readLlama", { version: llamaVersion })}
        </button>
      </Confirm>
    );
  }
}
