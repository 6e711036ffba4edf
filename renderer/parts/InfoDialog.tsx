import type { ReactNode } from "react";
import { SheetDialog } from "./SheetDialog.tsx";

export interface InfoDialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that only informs: its text scrolls, and Esc closes it. */
export function InfoDialog({ title, onClose, children }: InfoDialogProps) {
  return (
    <SheetDialog title={title} onClose={onClose}>
      {/* So that the arrow keys scroll words without a link in them. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="info-body" tabIndex={0}>
        {children}
      </div>
    </SheetDialog>
  );
}
