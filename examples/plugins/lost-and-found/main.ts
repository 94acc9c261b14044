import { runService } from '@weinao/plugins';
import { plugin } from './plugin.ts';

await runService(plugin);
