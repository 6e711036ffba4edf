import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useId, useState } from "react";
import type { ErasePlan } from "../../../electron/contract/disk.ts";
import { PathName } from "../../parts/PathName.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useDisk } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

const mostNamed = 5;

/** Erases everything that the app keeps, once a word has been typed. */
export function EraseEverything() {
  const say = useSay("disk");
  const plan = useDisk((state) => state.plan);
  const planErase = useDisk((state) => state.planErase);
  const cancelErase = useDisk((state) => state.cancelErase);
  return (
    <section aria-labelledby="disk-everything">
      <SectionHead id="disk-everything" title={say("everything.title")} />
      <p>{say("everything.text")}</p>
      <p className="disk-traces quiet">{say("everything.traces")}</p>
      <button type="button" className="button is-danger" onClick={() => void planErase()}>
        {say("everything.button")}
      </button>
      {plan && <EraseDialog plan={plan} onClose={cancelErase} />}
    </section>
  );
}

function EraseDialog({ plan, onClose }: { plan: ErasePlan; onClose: () => void }) {
  const say = useSay("disk");
  const field = useId();
  const isEnding = useDisk((state) => state.isEnding);
  const eraseEverything = useDisk((state) => state.eraseEverything);
  const [typed, setTyped] = useState("");
  const { sizeBytes, count, modelsFolder, staying } = plan;
  const word = say("everything.word");
  const isConfirmed = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && !isEnding && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-shade" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{say("everything.question")}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="dialog-words">
            <p>{say("everything.what", { count, size: sizeBytes })}</p>
            {modelsFolder !== null && <p>{say("everything.models", { folder: modelsFolder })}</p>}
            {staying.length > 0 && (
              <>
                <p>{say("everything.staying", { count: staying.length })}</p>
                <ul className="disk-staying">
                  {staying.slice(0, mostNamed).map((path) => (
                    <li key={path} className="path">
                      <PathName path={path} />
                    </li>
                  ))}
                  {staying.length > mostNamed && <li className="path">…</li>}
                </ul>
              </>
            )}
          </AlertDialog.Description>
          <form
            className="disk-confirm"
            onSubmit={(event) => {
              event.preventDefault();
              if (isConfirmed && !isEnding) void eraseEverything();
            }}
          >
            <label htmlFor={field}>{say("everything.type", { word })}</label>
            <input
              id={field}
              type="text"
              value={typed}
              autoComplete="off"
              spellCheck={false}
              disabled={isEnding}
              onChange={(event) => setTyped(event.target.value)}
            />
            <div className="dialog-actions">
              <output className="quiet small grow">{isEnding && say("everything.ending")}</output>
              <AlertDialog.Close className="button" disabled={isEnding}>
                {say("shell:cancel")}
              </AlertDialog.Close>
              <button type="submit" className="button is-danger" disabled={!isConfirmed || isEnding}>
                {say("everything.confirm")}
              </button>
            </div>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
