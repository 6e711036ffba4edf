import { NotepadTextDashed } from "lucide-react";
import { IconButton } from "../../parts/IconButton.tsx";
import { usePresets } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Opens the prompt presets. */
export function PresetsButton() {
  const say = useSay("chats");
  const open = usePresets((state) => state.open);
  return (
    <IconButton label={say("presets.title")} tip={say("presets.tip")} onClick={() => open()}>
      <NotepadTextDashed size={16} aria-hidden />
    </IconButton>
  );
}
