import { X } from "lucide-react";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { useNotices } from "../stores/useStores.ts";

/** What happened without anyone asking, such as a chat store that was set aside; each stays until dismissed. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  const dismiss = useNotices((state) => state.dismiss);
  return notices.map(({ id, problem }) => (
    <div key={id} className="banner">
      <ProblemNotice problem={problem}>
        <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => void dismiss(id)}>
          <X size={16} aria-hidden />
        </button>
      </ProblemNotice>
    </div>
  ));
}
