import { LockKeyhole } from "lucide-react";
import { useEffect } from "react";
import { useAppearance } from "../../app/useAppearance.ts";
import { useLanguage } from "../../app/useLanguage.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChatLock, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { GivenUpChats } from "./GivenUpChats.tsx";
import { ServerWhileLocked } from "./ServerWhileLocked.tsx";
import { UnlockForm } from "./UnlockForm.tsx";

const appName = "R1 Workbench";

/** The whole window while the chats are locked. It shows nothing of them, not even in its title. */
export function LockScreen() {
  const say = useSay("chatLock");
  const info = useChatLock((state) => state.info);
  const openHome = useShell((state) => state.openHome);
  useAppearance();
  useLanguage();
  useEffect(() => {
    document.title = appName;
  }, []);
  const isUnreadable = info?.state === "unreadable";
  return (
    <main className="lock-screen" aria-busy={info === null}>
      <div className="lock-box">
        <p className="lock-app">
          <LockKeyhole size={20} aria-hidden />
          {appName}
        </p>
        {info !== null && <h1>{say(isUnreadable ? "locked.unreadable" : "locked.title")}</h1>}
        {info?.state === "locked" && (
          <>
            <p className="quiet">{say("locked.text")}</p>
            <UnlockForm opensWith={info.opensWith} hasKeychain={info.hasKeychain} />
            <GivenUpChats hasPassphrase={info.opensWith.passphrase} />
          </>
        )}
        {info?.state === "unreadable" && (
          <>
            <ProblemNotice problem={info.problem}>
              <button type="button" className="button" onClick={() => void openHome()}>
                {say("locked.showFolder")}
              </button>
            </ProblemNotice>
            <GivenUpChats hasPassphrase={null} />
          </>
        )}
        <ServerWhileLocked />
      </div>
    </main>
  );
}
