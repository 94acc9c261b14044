import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { PluginCalls } from '@weinao/plugins';
import { Roster } from './roster.ts';

/** Lets the roster hear who is there, as long as the service runs. */
@Injectable()
export class RosterListener implements OnModuleInit, OnModuleDestroy {
  readonly roster = new Roster(() => performance.now());
  private stop: () => Promise<void>;

  constructor(private readonly calls: PluginCalls) {}

  onModuleInit(): void {
    const subscription = this.calls.hearReplicas((text) => this.roster.hear(text));
    this.stop = () => subscription.stop();
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }
}
