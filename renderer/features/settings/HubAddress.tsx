import { useState } from "react";
import type { HubAccess } from "../../../electron/contract/hub.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useSettings } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Where models are searched and downloaded. */
export function HubAddress({ hubEndpoint, access }: { hubEndpoint: string | null; access: HubAccess | null }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.changeUndoably);
  const [typed, setTyped] = useState(hubEndpoint ?? "");
  const fieldId = fieldOf("hubEndpoint");
  const keep = (): void => {
    const next = typed.trim() === "" ? null : typed.trim();
    if (next !== hubEndpoint) void change({ hubEndpoint: next });
  };
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{say("names.hubEndpoint")}</label>
      </dt>
      <dd>
        <input
          id={fieldId}
          type="url"
          className="wide-field"
          placeholder={access?.endpoint ?? "https://…"}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={keep}
          onKeyDown={({ key }) => key === "Enter" && keep()}
        />
        <p className="hint">
          <Sentence
            text={joinSentences(texts, [
              say("downloads.addressHint"),
              access && say("downloads.inUse", { context: access.endpointFrom, address: slot("address") }),
            ])}
            slots={{ address: <bdi>{access?.endpoint}</bdi> }}
          />
        </p>
      </dd>
    </>
  );
}
