import type { Bus } from '@weinao/events';
import { CommunityDirectory } from '@weinao/plugins';
import { announcedChecks } from './announced.checks.ts';
import { attempt } from './check.ts';
import { exempted, judged, reportOf, unknown } from './plugin.report.ts';
import type { Described, PluginReport } from './plugin.report.ts';

export interface CheckAnnouncedOptions {
  /** Told before each check. */
  progress?(title: string): void;
}

/** No service ever announced the plugin, or nobody answers for the communities' log. */
export class NotAnnounced extends Error {
  override readonly name = 'NotAnnounced';
}

const DIRECTORY_DEADLINE_MS = 10_000;

/** What only its sources and its data can show. */
const INSIDE: Described = {
  id: 'inside',
  title: 'keeps what only its folder can show',
  level: 'silver',
};

/**
 * Looks at a running plugin, in whatever language, from outside: it reaches bronze at most. It is asked for nothing that
 * would be done.
 *
 * @throws NotAnnounced
 */
export async function checkAnnounced(
  bus: Bus,
  id: string,
  { progress }: CheckAnnouncedOptions = {},
): Promise<PluginReport> {
  const directory = new CommunityDirectory({ bus, report: () => undefined });
  directory.start();
  try {
    await directory.catchUp(DIRECTORY_DEADLINE_MS).catch((error: Error) => {
      throw new NotAnnounced(`The communities' log cannot be read: ${error.message}`);
    });
    const announcement = directory.plugin(id);
    if (!announcement) throw new NotAnnounced(`No service has announced the plugin ${id}.`);
    const announced = { bus, announcement, directory };
    const results = [];
    for (const check of announcedChecks) {
      progress?.(check.title);
      const exempt = exempted(check, check.exempt?.(announced));
      results.push(exempt ?? judged(check, await attempt(() => check.findings(announced))));
    }
    results.push(unknown(INSIDE, 'nobody looked into its folder: weinao plugin check <folder>'));
    return reportOf(id, announcement.manifest.level, results);
  } finally {
    await directory.stop();
  }
}
