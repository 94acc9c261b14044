import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectBus, StartupError } from '@weinao/plugins';
import type { PluginReport } from '@weinao/testing/conformance';
import { withTemporaryServer } from './temporary.server.ts';

export type { CheckResult, PluginReport } from '@weinao/testing/conformance';

const SERVICES = new URL('../../services/', import.meta.url);

/**
 * Runs the conformance kit over a plugin's folder, which ends with a slash. The kit is loaded only here: no other command,
 * and nothing that serves people, should need what tests stand on.
 *
 * @throws StartupError where the folder tells no story
 */
export async function checkFolder(folder: URL, progress: (title: string) => void): Promise<PluginReport> {
  const { checkPlugin, loadStory, reportOfBroken, StoryMissing } =
    await import('@weinao/testing/conformance');
  const story = await loadStory(folder).catch((error: Error) => error);
  if (story instanceof StoryMissing) throw new StartupError(story.message);
  if (story instanceof Error) return reportOfBroken(basename(fileURLToPath(folder)), story);
  const names = await readdir(SERVICES);
  const known = names.map((name) => new URL(`${name}/`, SERVICES));
  return withTemporaryServer((server) => checkPlugin({ ...story, known }, { server, progress }));
}

/**
 * Runs what can be seen from outside over a plugin that runs on NATS_URL.
 *
 * @throws StartupError without NATS_URL, or where no service has announced it
 */
export async function checkRunning(id: string, progress: (title: string) => void): Promise<PluginReport> {
  const { checkAnnounced, NotAnnounced } = await import('@weinao/testing/conformance');
  const bus = await connectBus('plugin check');
  try {
    return await checkAnnounced(bus, id, { progress });
  } catch (error) {
    throw error instanceof NotAnnounced ? new StartupError(error.message) : error;
  } finally {
    await bus.close();
  }
}
