/** Collects the files that the system asks the app to open, until the app can open them. */
export class FilesToOpen {
  #waiting: string[] = [];
  #open: ((paths: string[]) => void) | null = null;

  /** Opens these files, or keeps them until `begin` is called. */
  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    if (this.#open === null) this.#waiting.push(...paths);
    else this.#open([...paths]);
  }

  /** Call once the app can open files. */
  begin(open: (paths: string[]) => void): void {
    this.#open = open;
    this.add(this.#waiting.splice(0));
  }
}
