import { DEMO_COMMUNITIES } from './demo/found-demo.ts';

export interface GreetingOptions {
  readonly url: string;
  readonly database: string;
  readonly log: string;
  readonly bus: string;
  readonly withDemo: boolean;
}

/** What `npm start` prints once everything answers, in both languages. */
export function greeting({ url, database, log, bus, withDemo }: GreetingOptions): string {
  const [first] = DEMO_COMMUNITIES;
  const community = withDemo ? first!.id : '<community>';
  const demo = DEMO_COMMUNITIES.map(({ id, name, plugins }) => {
    return `    ${id.padEnd(18)} ${name}  (${plugins.join(', ') || '—'})`;
  });
  return [
    '',
    `Weinao is ready · 微脑已就绪    ${url}`,
    `  database · 数据库   ${database}`,
    `  event log · 事件日志 ${log}`,
    `  bus · 消息总线      ${bus}`,
    '',
    `  platform · 平台     POST ${url}/graphql`,
    `  community · 社区    POST ${url}/communities/<id>/graphql`,
    `  schema · 接口定义   GET  ${url}/communities/<id>/schema.graphql`,
    ...(withDemo ? ['', '  demo communities · 示例社区', ...demo] : []),
    '',
    '  log in · 登录: make a token, send it as a bearer token · 生成令牌并作为 Bearer 令牌发送',
    `    TOKEN=$(npm run -s weinao -- token --role resident --community ${community} --subject lin)`,
    `    curl -s ${url}/communities/${community}/graphql -H "authorization: Bearer $TOKEN" \\`,
    `      -H 'content-type: application/json' -d '{"query":"{ community { name } me { id roles } }"}'`,
    '',
    '  Ctrl-C stops everything; the data stays. · 按 Ctrl-C 停止，数据保留。',
    '',
  ].join('\n');
}
