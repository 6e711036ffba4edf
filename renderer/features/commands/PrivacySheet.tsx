import { useSay } from "../../texts.ts";
import { useShell } from "../../stores/useStores.ts";
import { InfoDialog } from "../../parts/InfoDialog.tsx";

const parts = ["chats", "hub", "servers", "links", "server", "offline", "nothingElse", "check"] as const;

/** What the app contacts and when, and where it keeps what the user writes. */
export default function PrivacySheet({ onClose }: { onClose: () => void }) {
  const say = useSay("commands");
  const home = useShell(({ info }) => info?.home ?? "");
  return (
    <InfoDialog title={say("names.showPrivacy")} onClose={onClose}>
      <div className="info-words">
        {parts.map((part) => (
          <section key={part}>
            <h3>{say(`privacy.${part}.title`)}</h3>
            <p>{say(`privacy.${part}.text`)}</p>
            {part === "chats" && home !== "" && (
              <p>
                <bdi className="path">{home}</bdi>
              </p>
            )}
          </section>
        ))}
      </div>
    </InfoDialog>
  );
}
