/** Says why a reply, or a piece of it, is not formatted. */
export function PlainNote({ isRest }: { isRest: boolean }) {
  return (
    <p className="plain-note">
      {isRest
        ? "The rest of this reply is shown as plain text because it is too long or too complex to format."
        : "Part of this reply is shown as plain text because it is too long or too complex to format."}
    </p>
  );
}
