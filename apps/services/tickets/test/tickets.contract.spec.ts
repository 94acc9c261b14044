import { describePlugin } from '@weinao/testing';
import { story } from './ticket.story.ts';

describePlugin('tickets', () => story);
