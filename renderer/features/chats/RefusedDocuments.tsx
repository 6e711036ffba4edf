import { X } from "lucide-react";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Why files that were attached could not be read. */
export function RefusedDocuments() {
  const say = useSay("chats");
  const draft = useDocuments((state) => state.draft);
  const remove = useDocuments((state) => state.remove);
  return draft.map(
    (each) =>
      each.state === "refused" && (
        <ProblemNotice key={each.id} problem={each.problem}>
          <IconButton label={say("documents.remove", { name: each.name })} onClick={() => void remove(each.id)}>
            <X size={16} aria-hidden />
          </IconButton>
        </ProblemNotice>
      ),
  );
}
