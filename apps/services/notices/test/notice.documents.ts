import { happenBeside, HarnessMachine } from '@weinao/testing/conformance';
import type { HarnessViewer, LookedInto, PluginHarness } from '@weinao/testing/conformance';
import type { FeedOpening } from '@weinao/plugins';

const NOTICE = `fragment whole on Notice {
  id title body status mustRead urgent publishedAt expiresAt
  reach { addressed acknowledged unacknowledged }
}`;

export const PUBLISH = `mutation ($input: PublishNoticeInput!) { publishNotice(input: $input) { ...whole } } ${NOTICE}`;
export const WITHDRAW = `mutation ($id: ID!, $reason: String!) { withdrawNotice(id: $id, reason: $reason) { ...whole } } ${NOTICE}`;
export const ACKNOWLEDGE = `mutation ($id: ID!) { acknowledgeNotice(id: $id) { ...whole } } ${NOTICE}`;
/** Without what is as it is by now. */
export const PUBLISH_FOR_EVER =
  'mutation ($input: PublishNoticeInput!) { publishNotice(input: $input) { id title status publishedAt expiresAt } }';
export const WITHDRAW_FOR_EVER =
  'mutation ($id: ID!, $reason: String!) { withdrawNotice(id: $id, reason: $reason) { id status } }';
export const ACKNOWLEDGE_FOR_EVER = 'mutation ($id: ID!) { acknowledgeNotice(id: $id) { id title } }';
export const READ = `query ($id: ID!) { notice(id: $id) { ...whole } } ${NOTICE}`;
export const LIST = `query ($first: Int = 20, $after: String) {
  notices(first: $first, after: $after) { nodes { id title } pageInfo { hasNextPage endCursor } totalCount }
}`;
export const SIZE = 'query ($audience: AudienceInput!) { audienceSize(audience: $audience) }';
export const SCREENS = '{ screens { id name building lastSeenAt online } }';
export const REGISTER_SCREEN =
  'mutation ($input: RegisterScreenInput!) { registerScreen(input: $input) { screen { id name building online } } }';
export const REGISTER_SCREEN_WITH_TOKEN =
  'mutation ($input: RegisterScreenInput!) { registerScreen(input: $input) { token } }';

export const waterOff = { title: '停水通知', body: '明天 9 点到 12 点停水', audience: {} };

export async function publish(viewer: HarnessViewer, input: object = {}): Promise<LookedInto> {
  return (await viewer.data(PUBLISH, { input: { ...waterOff, ...input } })).publishNotice;
}

export const moveIn = (harness: PluginHarness, id: string, traits: object): Promise<void> =>
  happenBeside(harness, 'residents', `resident/${id}`, { type: 'ResidentRegistered', data: traits });

export const moveOut = (harness: PluginHarness, id: string): Promise<void> =>
  happenBeside(harness, 'residents', `resident/${id}`, { type: 'ResidentMovedOut', data: {} });

/** A screen that is registered, as it stands in the stairs. */
export class TestScreen {
  private constructor(
    readonly id: string,
    private readonly machine: HarnessMachine,
  ) {}

  static async register(
    harness: PluginHarness,
    viewer: HarnessViewer,
    id: string,
    building: string | null = null,
  ): Promise<TestScreen> {
    const input = { id, name: `屏幕 ${id}`, building };
    const { registerScreen } = await viewer.data(REGISTER_SCREEN_WITH_TOKEN, { input });
    return new TestScreen(id, new HarnessMachine(harness, registerScreen.token as string));
  }

  /** Connects. @returns what it is told at once: each message's name, and the titles or ids that it is about */
  async connect(lastEventId: string | null = null): Promise<{ told: string[]; position: string }> {
    const opened = await this.machine.connect('screens/:screen/feed', { screen: this.id }, lastEventId);
    if ('refusal' in opened) throw new Error(opened.refusal.body);
    return { told: toldIn(opened.opening), position: opened.opening.position };
  }

  async playlist(): Promise<LookedInto> {
    return (await this.machine.call('GET screens/:screen/playlist', { screen: this.id })).json;
  }
}

function toldIn({ messages, position }: FeedOpening): string[] {
  const ids = messages.map(({ id }) => id);
  if (ids.length > 0 && ids.at(-1) !== position)
    throw new Error('the last message does not tell the position');
  return messages.map(({ event, data }) => {
    const { id, title } = JSON.parse(data) as { id: string; title?: string };
    return `${event} ${title ?? id}`;
  });
}
