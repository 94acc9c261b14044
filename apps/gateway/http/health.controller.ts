import { Controller, Get, Inject } from '@nestjs/common';
import { HttpError } from './http-error.ts';
import { GATEWAY } from '../gateway.ts';
import type { Gateway } from '../gateway.ts';

@Controller('health')
export class HealthController {
  constructor(@Inject(GATEWAY) private readonly gateway: Gateway) {}

  /** The process turns its event loop. */
  @Get('live')
  live(): object {
    return { status: 'live' };
  }

  /** Requests can be answered: the directory is known, the platform's schema is composed, and the communities service is there. */
  @Get('ready')
  async ready(): Promise<object> {
    if (!(await this.gateway.isReady()))
      throw new HttpError(503, 'NOT_READY', 'The communities service does not answer yet.');
    return { status: 'ready' };
  }
}
