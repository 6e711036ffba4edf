import { ImageOff } from "lucide-react";

export interface ImageChipProps {
  src?: string | Blob | undefined;
  alt?: string | undefined;
}

/** Where an image would be: it never loads, for asking for it would tell its server about this chat. */
export function ImageChip({ src, alt }: ImageChipProps) {
  const address = typeof src === "string" && src !== "" ? src : null;
  return (
    <span className="image-chip">
      <ImageOff size={16} aria-hidden />
      <span>Image not loaded{alt !== undefined && alt !== "" ? `: ${alt}` : ""}</span>
      {address !== null && <span>{address.length > 120 ? `${address.slice(0, 120)}…` : address}</span>}
    </span>
  );
}
