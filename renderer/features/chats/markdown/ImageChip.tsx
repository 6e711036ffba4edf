import { ImageOff } from "lucide-react";
import { useSay } from "../../../texts.ts";

export interface ImageChipProps {
  src?: string | Blob | undefined;
  alt?: string | undefined;
}

/** Where an image would be: it never loads, for asking for it would tell its server about this chat. */
export function ImageChip({ src, alt }: ImageChipProps) {
  const say = useSay("chats");
  const description = alt ?? "";
  const address = typeof src === "string" && src !== "" ? src : null;
  return (
    <span className="image-chip">
      <ImageOff size={16} aria-hidden />
      <span>{description === "" ? say("image.notLoaded") : say("image.notLoadedNamed", { description })}</span>
      {address !== null && <span>{address.length > 120 ? `${address.slice(0, 120)}…` : address}</span>}
    </span>
  );
}
