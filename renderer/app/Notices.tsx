import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useCommands, useNotices } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";
import { chatHash } from "./route.ts";

/** Problems that no user action caused, such as a chat store that was set aside; each is shown until dismissed. */
export function Notices() {
  const say = useSay("shell");
  const notices = useNotices((state) => state.notices);
  const openLogs = useCommands((state) => state.openLogs);
  const dismiss = useNotices((state) => state.dismiss);
  return notices.map(({ id, problem, chatId }) => (
    <div key={id} className="banner">
      <ProblemNotice problem={problem} onDismiss={() => void dismiss(id)}>
        {chatId !== undefined && (
          <button
            type="button"
            className="button"
            onClick={() => {
              window.location.hash = chatHash(chatId);
              void dismiss(id);
            }}
          >
            {say(problem.code === "chat-plain" ? "readAsPlainText" : "openTheChat")}
          </button>
        )}
        {(problem.code === "app-ended" || problem.code === "page-crashed") && (
          <button type="button" className="button" onClick={() => void openLogs()}>
            {say("showLog")}
          </button>
        )}
      </ProblemNotice>
    </div>
  ));
}
