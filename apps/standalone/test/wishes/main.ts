import { runService } from '@weinao/plugins';
import { wishes } from './plugin.ts';

await runService(wishes);
