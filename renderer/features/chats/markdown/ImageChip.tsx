import { ImageOff } from "lucide-react";
import { useSay } from "../../../texts.ts";

export interface ImageChipProps {
  src?: string | Blob | undefined;
  alt?: string | undefined;
}

/** A placeholder for an image. Images are never loaded, because a request would tell their server about this chat. */
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
