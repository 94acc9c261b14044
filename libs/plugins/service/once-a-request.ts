import type { PluginRequest } from './plugin-request.ts';

/** Makes something at the first use in a request, such as a loader that gathers ids, and keeps it as long as the request. */
export function onceARequest<Value>(
  make: (request: PluginRequest) => Value,
): (request: PluginRequest) => Value {
  const made = new WeakMap<PluginRequest, { readonly value: Value }>();
  return (request) => {
    const known = made.get(request);
    if (known) return known.value;
    const value = make(request);
    made.set(request, { value });
    return value;
  };
}
