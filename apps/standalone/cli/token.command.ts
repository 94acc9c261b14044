import { LocalIssuer } from '@weinao/gateway';
import { isRole, ROLES, StartupError } from '@weinao/plugins';
import type { Role } from '@weinao/plugins';
import { isSafeId } from '@weinao/events';
import { Command } from 'commander';
import { dataDirectory } from '../data-directory.ts';

interface TokenOptions {
  readonly role: readonly string[];
  readonly community?: string;
  readonly subject: string;
  readonly lifetime: string;
}

const LIFETIME = /^\d+(s|m|h|d)$/;

export const tokenCommand = (): Command =>
  new Command('token')
    .description('Print a log-in token of the built-in issuer, alone, for scripts · 输出登录令牌')
    .requiredOption('--role <role...>', `one or more of: ${ROLES.join(', ')}`)
    .option('--community <id>', 'the community it is for; every role but operator needs one')
    .option('--subject <id>', 'whose token it is', 'demo')
    .option('--lifetime <time>', 'how long it is valid, such as 30m, 12h or 7d', '12h')
    .action(async (options: TokenOptions) => {
      const request = checked(options);
      const issuer = await LocalIssuer.open(dataDirectory());
      console.log(await issuer.issue(request));
    });

function checked({ role, community, subject, lifetime }: TokenOptions): Parameters<LocalIssuer['issue']>[0] {
  const unknown = role.filter((name) => !isRole(name));
  if (unknown.length > 0)
    throw new StartupError(`There is no role ${unknown.join(', ')}; choose from ${ROLES.join(', ')}.`);
  if (community === undefined && role.some((name) => name !== 'operator')) {
    throw new StartupError('Name the community with --community <id>; only an operator has none.');
  }
  if (community !== undefined && !isSafeId(community))
    throw new StartupError(`"${community}" is no id of a community.`);
  if (!LIFETIME.test(lifetime)) throw new StartupError(`"${lifetime}" is no time; write 30m, 12h or 7d.`);
  return { roles: role as Role[], communityId: community ?? null, subject, lifetime };
}
