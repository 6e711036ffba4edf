import { useStores } from "../../stores/useStores.ts";

/** Returns the function that saves what was typed in this window, and locks the chats. */
export function useLockChats(): () => void {
  const { chatLock, composer } = useStores();
  return () => {
    // A field that is saved when it is left, such as a title.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    composer.flush();
    void chatLock.getState().lock();
  };
}
