export { LocalIssuer } from './authentication/local-issuer.ts';
export type { FeedTimes } from './edges/feeds.ts';
export { startGateway } from './start-gateway.ts';
export type { GatewayOptions, RunningGateway } from './start-gateway.ts';
