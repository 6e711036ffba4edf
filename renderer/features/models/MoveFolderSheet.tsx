import type { MovePlan } from "../../../electron/contract/folder.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { PathName } from "../../parts/PathName.tsx";
import { useFolder } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";

/** Says what a move of the models would do, and begins it if the user agrees. */
export function MoveFolderSheet({ plan }: { plan: MovePlan }) {
  const { say, figures } = useTexts();
  const move = useFolder((state) => state.move);
  const dismiss = useFolder((state) => state.dismissPlan);
  const { kind, from, to, files, bytes, freeBytes, isOpenToOthers } = plan;
  const isUse = kind === "use";
  return (
    <Confirm
      title={say(isUse ? "models:folder.useTitle" : "models:folder.planTitle")}
      action={say(isUse ? "models:folder.use" : "models:folder.move")}
      onConfirm={() => void move()}
      onClose={dismiss}
    >
      <dl className="pairs folder-plan">
        <dt>{say("models:folder.from")}</dt>
        <dd>
          <PathName path={from} />
        </dd>
        <dt>{say("models:folder.to")}</dt>
        <dd>
          <PathName path={to} />
        </dd>
        <dt>{say(isUse ? "models:folder.found" : "models:folder.amount")}</dt>
        <dd>{files === 0 ? say("models:folder.nothing") : say("models:folder.files", { count: files, bytes })}</dd>
        <dt>{say("models:folder.room")}</dt>
        <dd>{figures.bytes(freeBytes)}</dd>
      </dl>
      {isUse && <p>{say("models:folder.useNote")}</p>}
      {files > 0 && kind === "copy" && <p>{say("models:folder.copyNote")}</p>}
      {files > 0 && kind === "rename" && <p>{say("models:folder.renameNote")}</p>}
      {isOpenToOthers && <p>{say("models:folder.openNote")}</p>}
    </Confirm>
  );
}
