import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { StartupError } from '@weinao/plugins';
import { edgeRoutes } from './edges/edge.routes.ts';
import { isWebSocket, LiveWebSockets, WEB_SOCKET_TIMES } from './live/web-socket.server.ts';
import type { WebSocketTimes } from './live/web-socket.server.ts';
import { GATEWAY, Gateway } from './gateway.ts';
import type { GatewayParts } from './gateway.ts';
import { GraphqlController } from './http/graphql.controller.ts';
import { HealthController } from './http/health.controller.ts';
import { JsonErrorFilter } from './http/json-error.filter.ts';
import { unroutable } from './http/unroutable.ts';

export interface GatewayOptions extends GatewayParts {
  readonly webSocketTimes?: WebSocketTimes | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
}

export interface RunningGateway {
  readonly url: string;
  isReady(): Promise<boolean>;
  /** Answers what came in, and stops. The bus stays its owner's. */
  stop(): Promise<void>;
}

const MOST_BODY_BYTES = 131_072;

@Module({})
class GatewayModule {
  static over(gateway: Gateway): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [GraphqlController, HealthController],
      providers: [{ provide: GATEWAY, useValue: gateway }],
    };
  }
}

/** @throws StartupError when the port is taken */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const gateway = new Gateway(options);
  const application = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.over(gateway),
    new FastifyAdapter({
      bodyLimit: MOST_BODY_BYTES,
      forceCloseConnections: 'idle',
      http: { shouldUpgradeCallback: isWebSocket },
      ...unroutable,
    }),
    { logger: ['error', 'warn'], abortOnError: false, bodyParser: false }, // Nest's would take forms too
  );
  application.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  const errors = new JsonErrorFilter(options.report);
  application.useGlobalFilters(errors);
  await edgeRoutes(application.getHttpAdapter().getInstance(), gateway, errors);
  const webSockets = new LiveWebSockets(gateway, errors, options.webSocketTimes ?? WEB_SOCKET_TIMES);
  await listen(application, options);
  webSockets.start(application.getHttpServer());
  gateway.start();
  const { port } = application.getHttpServer().address() as { port: number };
  return {
    url: `http://localhost:${port}`,
    isReady: () => gateway.isReady(),
    stop: async () => {
      await Promise.all([gateway.feeds.stop(), gateway.live.stop()]); // before what waits for the connections
      await webSockets.stop();
      await application.close();
      await gateway.stop();
    },
  };
}

async function listen(application: NestFastifyApplication, { port, host }: GatewayOptions): Promise<void> {
  try {
    await application.init();
    await application.getHttpAdapter().getInstance().listen({ port, host }); // Nest's own would log the failure too
  } catch (error) {
    await application.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartupError(`Port ${port} is taken; stop what listens there, or set PORT to another.`);
  }
}
