import type { KurrentDouble } from './kurrent.double.ts';

/**
 * A double of KurrentDB on 127.0.0.1, loaded only where it is wanted.
 *
 * @param port 0 for one that the system chooses
 */
export async function startKurrentDouble(port = 0): Promise<KurrentDouble> {
  const { KurrentDouble } = await import('./kurrent.double.ts');
  return KurrentDouble.start(port);
}
