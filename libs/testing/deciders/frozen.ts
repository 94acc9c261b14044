const CHANGING_METHODS = ['set', 'add', 'delete', 'clear'] as const;

/** Freezes a value and all that it holds, maps and sets too: whoever changes it afterwards throws. */
export function deepFreeze<T>(value: T, done: WeakSet<object> = new WeakSet()): T {
  if (value === null || typeof value !== 'object' || done.has(value)) return value;
  done.add(value);
  const inside: unknown[] = Object.values(value);
  if (value instanceof Map || value instanceof Set) {
    inside.push(...value.keys(), ...value.values());
    for (const name of CHANGING_METHODS) {
      if (name in value && !Object.isFrozen(value))
        Object.defineProperty(value, name, { value: () => refuse(name) });
    }
  }
  if (!ArrayBuffer.isView(value)) Object.freeze(value);
  for (const part of inside) deepFreeze(part, done);
  return value;
}

function refuse(name: string): never {
  throw new TypeError(`Cannot ${name}: this was given to a pure function, which may not change it`);
}
