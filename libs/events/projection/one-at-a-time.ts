const last = new WeakMap<object, Promise<unknown>>();

/** Does works that share a resource one after the other, in the order of asking; one that fails does not stop the next. */
export function oneAtATime<Value>(resource: object, work: () => Promise<Value>): Promise<Value> {
  const turn = (last.get(resource) ?? Promise.resolve()).then(work, work);
  last.set(resource, turn);
  return turn;
}
