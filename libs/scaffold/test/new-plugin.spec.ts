import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { newPlugin, suggestedEvent } from '@weinao/scaffold';
import type { PluginAnswers } from '@weinao/scaffold';
import { pluginNames } from '../names/plugin-names.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const answers: PluginAnswers = {
  ...{ id: 'small-wishes', nameZh: '微心愿', nameEn: 'Small wishes', command: 'MakeWish' },
  ...{ commandZh: '许下心愿', event: 'WishMade', field: 'words' },
};

const make = (changes: Partial<PluginAnswers> = {}) => newPlugin(repository, { ...answers, ...changes }, 1);

describe('the answers for a new plugin', () => {
  it.each<[Partial<PluginAnswers>, RegExp]>([
    [{ id: 'Wishes' }, /"Wishes" is no id of a plugin/],
    [{ id: '../x' }, /"\.\.\/x" is no id of a plugin/],
    [{ id: '' }, /"" is no id of a plugin/],
    [{ id: 'a'.repeat(65) }, /is no id of a plugin/],
    [{ id: 'tickets' }, /There is a plugin tickets already/],
    [{ command: 'make' }, /"make" is no name of a command/],
    [{ command: 'Make' }, /"Make" is no name of a command/],
    [{ command: 'MakeQuery' }, /"MakeQuery" is no name of a command/],
    [{ command: `Make${'Wish'.repeat(15)}` }, /is no name of a command/],
    [{ command: 'ReadWish' }, /A command changes something/],
    [{ command: 'OpenTicket', event: 'TicketOpened' }, /Ticket, .* in the schema of tickets already/],
    [{ event: 'TicketOpened' }, /"TicketOpened" is no name of an event/],
    [{ event: 'Wish' }, /"Wish" is no name of an event/],
    [{ field: 'class' }, /"class" is no name of a field/],
    [{ field: 'id' }, /"id" is no name of a field/],
    [{ field: 'Words' }, /"Words" is no name of a field/],
    [{ field: '__typename' }, /"__typename" is no name of a field/],
    [{ field: 'madeAt' }, /"madeAt" is when it happened already/],
    [{ nameZh: 'Wishes' }, /"Wishes" is no name in zh-CN/],
    [{ nameZh: '愿'.repeat(61) }, /is no name in zh-CN/],
    [{ commandZh: '许下\n心愿' }, /is no name in zh-CN/],
    [{ nameEn: '心愿' }, /"心愿" is no name in English/],
    [{ nameEn: "It's" }, /"It's" is no name in English/],
  ])('%j are refused in one sentence', async (changes, sentence) => {
    await expect(make(changes)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringMatching(sentence),
    });
  });

  it('may be as long as it fits', () => {
    const longest = { id: 'a'.repeat(64), nameZh: '愿'.repeat(60), nameEn: 'W'.repeat(60) };
    expect(pluginNames({ ...answers, ...longest })).toMatchObject(longest);
  });

  it('name a thing of two words in every way that it needs', () => {
    const names = pluginNames({ ...answers, command: 'KeepSparePart', event: 'SparePartKept' });
    expect(names).toMatchObject({
      thing: {
        ...{ type: 'SparePart', one: 'sparePart', many: 'spareParts', file: 'spare-part' },
        ...{ files: 'spare-parts', table: 'spare_part', spoken: 'spare part', article: 'a spare part' },
      },
      command: { mutation: 'keepSparePart', document: 'KEEP_SPARE_PART', verb: 'keep', happened: 'kept' },
      instant: 'keptAt',
    });
  });

  it('may leave the event to a rule that is often right', () => {
    expect(['ReportItem', 'CloseCase', 'TidyRoom'].map(suggestedEvent)).toEqual([
      ...['ItemReported', 'CaseClosed', 'RoomTidied'],
    ]);
  });
});
