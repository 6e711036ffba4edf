import { Dialog } from "@base-ui/react/dialog";
import { useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { llamaLicence } from "./llamaLicence.ts";
import { useLicenceName } from "./useLicenceName.ts";

export interface LicenceDialogProps {
  name: string;
  /** As the file or the hub states it. */
  licence: string | null;
  /** Null if it is not based on Llama. */
  llamaVersion: string | null;
  /** Whether it is DeepSeek's own, whose weights are under the MIT License. */
  isFamily: boolean;
  /** The page that it came from. Null: not known. */
  page: string | null;
  onClose: () => void;
}

const mitPage = "https://huggingface.co/deepseek-ai/DeepSeek-R1/blob/main/LICENSE";

/** What the licence of a model allows, and where to read it. */
export function LicenceDialog({ name, licence, llamaVersion, isFamily, page, onClose }: LicenceDialogProps) {
  const say = useSay("models");
  const openLink = useShell((state) => state.openLink);
  const licenceName = useLicenceName();
  const isMit = isFamily || licence?.toLowerCase() === "mit";
  const link = (words: string, url: string) => (
    <button type="button" className="button" onClick={() => void openLink(url)}>
      {words}
    </button>
  );
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">{say("licence.title", { name })}</Dialog.Title>
          <Dialog.Description render={<div />} className="dialog-words">
            {llamaVersion !== null && isFamily && <p>{say("family.llamaTerms", { version: llamaVersion })}</p>}
            {isMit && <p>{say("licence.mit")}</p>}
            {!isMit && (
              <p>{licence === null ? say("licence.none") : say("licence.stated", { licence: licenceName(licence) })}</p>
            )}
          </Dialog.Description>
          <div className="dialog-actions">
            {isMit && isFamily && link(say("licence.readMit"), mitPage)}
            {llamaVersion !== null &&
              link(say("licence.readLlama", { version: llamaVersion }), llamaLicence(llamaVersion).url)}
            {page !== null && link(say("menu.openPage"), page)}
            <Dialog.Close className="button">{say("menu.close")}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
