import { describeBus } from '@weinao/testing';
import { buses } from './bus.openers.ts';

for (const [name, open] of buses) describeBus(name, open);
