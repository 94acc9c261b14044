import type { KurrentDouble, KurrentDoubleOptions } from './kurrent.double.ts';

/** A double of KurrentDB on a free port of 127.0.0.1, loaded only where it is wanted. */
export async function startKurrentDouble(options: KurrentDoubleOptions = {}): Promise<KurrentDouble> {
  const { KurrentDouble } = await import('./kurrent.double.ts');
  return KurrentDouble.start(options);
}
