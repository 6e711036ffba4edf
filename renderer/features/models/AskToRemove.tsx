import type { FileModel } from "../../../electron/contract/models.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface AskToRemoveProps {
  what: "delete" | "forget";
  model: FileModel;
  onClose: () => void;
}

/** Asks before a file is moved to the trash, or a model is removed from the list. */
export function AskToRemove({ what, model, onClose }: AskToRemoveProps) {
  const say = useSay("models");
  const forget = useModels((state) => state.forget);
  const remove = useModels((state) => state.remove);
  if (what === "delete") {
    return (
      <Confirm
        title={say("installed.deleteTitle", { name: model.name })}
        action={say("installed.delete")}
        onConfirm={() => void remove(model.id)}
        onClose={onClose}
      >
        {say("installed.deleteDetail", { size: model.sizeBytes })}
      </Confirm>
    );
  }
  return (
    <Confirm
      title={say("installed.removeTitle", { name: model.name })}
      action={say("installed.removeAction")}
      onConfirm={() => void forget(model.id)}
      onClose={onClose}
    >
      <Sentence
        text={say("installed.removeDetail", { path: slot("path") })}
        slots={{ path: <bdi className="path">{model.source.path}</bdi> }}
      />
    </Confirm>
  );
}
