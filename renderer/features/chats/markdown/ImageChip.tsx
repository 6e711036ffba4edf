import { ImageOff } from "lucide-react";
import { Link } from "./Link.tsx";

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
      {address !== null && <Link href={address}>{address.length > 80 ? `${address.slice(0, 80)}…` : address}</Link>}
    </span>
  );
}
