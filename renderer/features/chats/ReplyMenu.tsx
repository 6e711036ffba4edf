import { Menu } from "@base-ui/react/menu";
import {
  ChartLine,
  ChevronRight,
  Columns3,
  Copy,
  Diff,
  FileText,
  GitBranch,
  Network,
  Pencil,
  PencilLine,
  RefreshCw,
  StepForward,
  Trash2,
  Vote,
} from "lucide-react";
import type { Message } from "../../../electron/contract/chats.ts";
import { MenuLine } from "../../parts/MenuLine.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { serverOf, writtenAt } from "../../../electron/contract/modelKinds.ts";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import {
  useBranches,
  useComparisons,
  useComposer,
  useConversation,
  useModels,
  useReplies,
  useReplyViews,
  useShell,
  useVotes,
} from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { focusComposer } from "./focusComposer.ts";
import { replyMarkdown } from "./replyMarkdown.ts";
import { speedPopover, speedTriggerId } from "./replyPopups.ts";

export interface ReplyMenuProps {
  message: Message;
  canChange: boolean;
  chatTitle: string;
}

/** The less frequent actions on a reply. */
export function ReplyMenu({ message, canChange, chatTitle }: ReplyMenuProps) {
  const say = useSay("chats");
  const copyText = useShell((state) => state.copyText);
  const branch = useReplies((state) => state.branch);
  const edit = useComposer((state) => state.edit);
  const ask = useVotes((state) => state.ask);
  const askModels = useComparisons((state) => state.ask);
  const show = useBranches((state) => state.show);
  const remove = useReplies((state) => state.remove);
  const showDocument = useReplyViews((state) => state.showDocument);
  const compare = useReplyViews((state) => state.compare);
  const continueReply = useConversation((state) => state.continueReply);
  // One that ended early says so itself, and how it goes on.
  const isEditedEnd = useConversation(
    ({ conversation }) =>
      message.model?.edited === true &&
      message.text.trim() !== "" &&
      conversation?.state === "ready" &&
      conversation.value.later === null &&
      conversation.value.messages.at(-1)?.id === message.id,
  );
  const title = chatTitle === "" ? say("untitled") : chatTitle;
  return (
    <>
      <MenuRow
        icon={<Copy size={16} aria-hidden />}
        onClick={() => void copyText(replyMarkdown(message, say("plain.thought")))}
      >
        {say(message.thought === null ? "actions.copyMarkdown" : "actions.copyWithThought")}
      </MenuRow>
      <MenuRow
        icon={<FileText size={16} aria-hidden />}
        disabled={message.text.trim() === ""}
        onClick={() => showDocument(message)}
      >
        {say("document.read")}
      </MenuRow>
      {message.version.count > 1 && (
        <MenuRow icon={<Diff size={16} aria-hidden />} onClick={() => compare(message)}>
          {say("versions.compare")}
        </MenuRow>
      )}
      <MenuRow
        icon={<Pencil size={16} aria-hidden />}
        disabled={!canChange}
        // Afterwards, because the closing menu gives the focus back to its button.
        onClick={() => void edit(message.id).then(focusComposer)}
      >
        {say("actions.editReply")}
      </MenuRow>
      {message.thought !== null && (
        <MenuRow
          icon={<PencilLine size={16} aria-hidden />}
          disabled={!canChange}
          onClick={() => void edit(message.id, "thought").then(focusComposer)}
        >
          {say("actions.editThought")}
        </MenuRow>
      )}
      {isEditedEnd && (
        <MenuRow
          icon={<StepForward size={16} aria-hidden />}
          disabled={!canChange}
          onClick={() => void continueReply(message.id).then(focusComposer)}
        >
          {say("actions.continue")}
        </MenuRow>
      )}
      <MenuRow
        icon={<Vote size={16} aria-hidden />}
        disabled={!canChange || message.parentId === null}
        onClick={() => ask(message)}
      >
        {say("votes.menu")}
      </MenuRow>
      <MenuRow
        icon={<Columns3 size={16} aria-hidden />}
        disabled={!canChange || message.parentId === null}
        onClick={() => askModels(message)}
      >
        {say("comparison.menu")}
      </MenuRow>
      <RegenerateWith message={message} canChange={canChange} />
      <MenuRow
        icon={<GitBranch size={16} aria-hidden />}
        onClick={() => void branch(message.id, say("actions.branchTitle", { title }).slice(0, 200))}
      >
        {say("actions.branch")}
      </MenuRow>
      <MenuRow icon={<Network size={16} aria-hidden />} does="showBranches" onClick={() => show(message.chatId)}>
        {say("branches.show")}
      </MenuRow>
      <MenuRow
        icon={<ChartLine size={16} aria-hidden />}
        disabled={message.stats === null}
        onClick={() => speedPopover.open(speedTriggerId(message.id))}
      >
        {say("actions.speed")}
      </MenuRow>
      <MenuLine />
      <MenuRow
        icon={<Trash2 size={16} aria-hidden />}
        isDanger
        disabled={!canChange}
        // Afterwards, because the closing menu gives the focus back to its button, which is then gone.
        onClick={() => void remove(message.id).then(focusComposer)}
      >
        {say("actions.delete")}
      </MenuRow>
    </>
  );
}

/** The models, each of which can write another version. */
function RegenerateWith({ message, canChange }: Pick<ReplyMenuProps, "message" | "canChange">) {
  const say = useSay("chats");
  const list = useModels((state) => state.list);
  const regenerate = useConversation((state) => state.regenerate);
  const isRefused = useIsRefused();
  const models = list.state === "ready" ? list.value : [];
  return (
    <Menu.SubmenuRoot>
      <Menu.SubmenuTrigger className="menu-item" disabled={!canChange || models.length === 0}>
        <RefreshCw size={16} aria-hidden />
        <span className="clip">{say("actions.regenerateWith")}</span>
        <ChevronRight size={16} aria-hidden className="menu-more" />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="menu">
            {models.map((model) => {
              const server = serverOf(model);
              return (
                <MenuRow
                  key={model.id}
                  hint={server === null ? model.quantization : <ServerMark place={writtenAt(server)} />}
                  disabled={model.problems.length > 0 || isRefused(model)}
                  onClick={() => void regenerate(message.id, model.id).then(focusComposer)}
                >
                  <bdi>{model.name}</bdi>
                </MenuRow>
              );
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
