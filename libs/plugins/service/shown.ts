import type { PluginService } from './plugin-service.ts';
import { CodedError } from '../graphql/coded-error.ts';

const READ_MODEL_DEADLINE_MS = 5_000;

/** Whether the read models are, or come, as far as a position of the plugin's log. */
export const isShown = ({ progress }: PluginService, position: string): Promise<boolean> =>
  progress.reached(BigInt(position), READ_MODEL_DEADLINE_MS).then(
    () => true,
    () => false,
  );

/** @throws CodedError READ_MODEL_BEHIND */
export async function assertShown(service: PluginService, position: string): Promise<void> {
  if (await isShown(service, position)) return;
  throw new CodedError('READ_MODEL_BEHIND', 'What is valid cannot be told yet. Try again in a moment.');
}
