import { useEffect, useState } from "react";
import type { ApiContents } from "../../../electron/contract/apiServer.ts";
import { InfoDialog } from "../../parts/InfoDialog.tsx";
import { useApiServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** What a program asked and what the model replied, if it was kept. */
export function ApiContentsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const say = useSay("apiServer");
  const readContents = useApiServer((state) => state.contents);
  /** Undefined until it is known. */
  const [contents, setContents] = useState<ApiContents | null | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    void readContents(id).then((found) => isCurrent && setContents(found));
    return () => {
      isCurrent = false;
    };
  }, [id, readContents]);
  return (
    <InfoDialog title={say("texts.title")} onClose={onClose}>
      {contents === null && <p>{say("texts.gone")}</p>}
      {contents !== null &&
        contents !== undefined &&
        (["prompt", "thought", "answer"] as const).map(
          (part) =>
            contents[part] !== "" && (
              <section key={part}>
                <h3>{say(`texts.${part}`)}</h3>
                <pre className="api-text" dir="auto">
                  {contents[part]}
                </pre>
              </section>
            ),
        )}
    </InfoDialog>
  );
}
