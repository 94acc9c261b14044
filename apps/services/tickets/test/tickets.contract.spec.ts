import { describePlugin } from '@weinao/testing';
import { tellTicketStory } from './ticket.story.ts';
import { plugin } from '../plugin.ts';

describePlugin('tickets', () => ({
  plugin,
  folder: new URL('../', import.meta.url),
  secrets: ['3号楼楼道灯坏了', '已更换整流器', '有人高空抛物', '地下室渗水', 'resident-lin', '灯管明天到货'],
  sampleStory: tellTicketStory,
}));
