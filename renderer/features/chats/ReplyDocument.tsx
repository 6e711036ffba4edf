import { Download, Printer } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { shownAnswer } from "../../../electron/contract/shownAnswer.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { growingText } from "../../stores/growingText.ts";
import { useReplyViews } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { AnswerMarkdown } from "./markdown/AnswerMarkdown.tsx";
import { AskedContext } from "./markdown/Citation.tsx";
import { WrittenOn } from "./ReplyPlace.tsx";
import { replyModelName } from "./replyModelName.ts";

/** A reply to be read by itself: wide, without the chat around it. It can be printed and saved as a PDF. */
export function ReplyDocument({ message, chatTitle }: { message: Message; chatTitle: string }) {
  const say = useSay("chats");
  const figures = useFigures();
  const hide = useReplyViews((state) => state.hide);
  const print = useReplyViews((state) => state.print);
  const savePdf = useReplyViews((state) => state.savePdf);
  const problem = useReplyViews((state) => state.problem);
  const [isBusy, setBusy] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const text = useMemo(() => growingText(shownAnswer(message.text)), [message.text]);
  const during = (work: Promise<void>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  return (
    <SheetDialog
      title={chatTitle}
      isName
      className="reply-document"
      initialFocus={page}
      actions={
        <>
          <button type="button" className="text-button" disabled={isBusy} onClick={() => during(print(message))}>
            <Printer size={16} aria-hidden />
            {say("document.print")}
          </button>
          <button type="button" className="text-button" disabled={isBusy} onClick={() => during(savePdf(message))}>
            <Download size={16} aria-hidden />
            {say("document.savePdf")}
          </button>
        </>
      }
      onClose={hide}
    >
      {problem !== null && <ProblemNotice problem={problem} />}
      {/* So that the arrow keys scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="document-scroll" ref={page} tabIndex={0}>
        <article className="document-page" aria-label={replyModelName(message.model) ?? say("reply")}>
          <p className="document-facts">
            {figures.joined([replyModelName(message.model), figures.dayAndTime(message.createdAt)])}
          </p>
          {message.model?.server && (
            <p className="document-facts">
              <WrittenOn place={message.model.server} />
            </p>
          )}
          <AskedContext value={message.parentId ?? message.id}>
            <AnswerMarkdown text={text} isWriting={false} />
          </AskedContext>
        </article>
      </div>
    </SheetDialog>
  );
}
