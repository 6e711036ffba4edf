/** In characters, as browsers have it. */
const most = 5_000_000;

/** Returns a `Storage` that keeps what it is given in memory, and so no longer than the page. */
export function memoryStorage(): Storage {
  const items = new Map<string, string>();
  let used = 0;
  const lengthOf = (name: string): number => {
    const value = items.get(name);
    return value === undefined ? 0 : name.length + value.length;
  };
  const set = (name: string, value: string): void => {
    const next = used - lengthOf(name) + name.length + value.length;
    if (next > most) throw new DOMException(`The storage of a preview is full: ${name}`, "QuotaExceededError");
    used = next;
    items.set(name, value);
  };
  const remove = (name: string): void => {
    used -= lengthOf(name);
    items.delete(name);
  };
  const methods: Record<string, unknown> = {
    getItem: (name: unknown) => items.get(String(name)) ?? null,
    setItem: (name: unknown, value: unknown) => set(String(name), String(value)),
    removeItem: (name: unknown) => remove(String(name)),
    clear: () => {
      items.clear();
      used = 0;
    },
    key: (index: unknown) => [...items.keys()][Number(index)] ?? null,
  };
  return new Proxy(Object.create(Storage.prototype) as Storage, {
    get: (target, name) => {
      if (typeof name === "symbol") return Reflect.get(target, name) as unknown;
      if (name === "length") return items.size;
      return methods[name] ?? items.get(name);
    },
    set: (_target, name, value) => {
      if (typeof name === "string") set(name, String(value));
      return true;
    },
    has: (target, name) => (typeof name === "string" && items.has(name)) || Reflect.has(target, name),
    deleteProperty: (_target, name) => {
      if (typeof name === "string") remove(name);
      return true;
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_target, name) =>
      typeof name === "string" && items.has(name)
        ? { value: items.get(name), writable: true, enumerable: true, configurable: true }
        : undefined,
  });
}
