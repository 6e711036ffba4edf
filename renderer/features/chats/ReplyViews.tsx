import { useConversation, useReplyViews } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ReplyDocument } from "./ReplyDocument.tsx";
import { ReplyVersions } from "./ReplyVersions.tsx";
import "./replyViews.css";

/** The reply that is shown by itself, over the chat. */
export function ReplyViews() {
  const say = useSay("chats");
  const shown = useReplyViews((state) => state.shown);
  const title = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? conversation.value.chat.title.trim() : "",
  );
  if (shown === null) return null;
  return shown.kind === "document" ? (
    <ReplyDocument message={shown.message} chatTitle={title === "" ? say("untitled") : title} />
  ) : (
    <ReplyVersions view={shown} />
  );
}
