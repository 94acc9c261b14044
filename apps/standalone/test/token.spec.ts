import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LocalIssuer } from '@weinao/gateway';
import { ProcessFixture } from './process.fixture.ts';

const fixture = new ProcessFixture();
let directory: string;

beforeAll(async () => {
  directory = await fixture.directory();
});

afterAll(() => fixture.cleanUp());

describe('weinao token', () => {
  it('prints a token, and nothing else', async () => {
    const lin = ['--role', 'resident', '--community', 'osmanthus-court', '--subject', 'lin'];
    const { code, output, errors } = await fixture.weinao(directory, 'token', ...lin);
    expect({ code, output, errors }).toEqual({
      code: 0,
      output: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/),
      errors: '',
    });
    const issuer = await LocalIssuer.open(directory);
    expect(await issuer.verify(output.trim())).toEqual({
      id: 'lin',
      roles: ['resident'],
      communityId: 'osmanthus-court',
    });
  });

  it('gives an operator one of no community, and a worker who is an admin both roles', async () => {
    const issuer = await LocalIssuer.open(directory);
    const [operator, wang] = await Promise.all([
      fixture.weinao(directory, 'token', '--role', 'operator'),
      fixture.weinao(directory, 'token', '--role', 'worker', 'admin', '--community', 'osmanthus-court'),
    ]);
    expect(await issuer.verify(operator.output.trim())).toMatchObject({
      roles: ['operator'],
      communityId: null,
    });
    expect(await issuer.verify(wang.output.trim())).toMatchObject({ roles: ['worker', 'admin'] });
  });

  it('says in a sentence what is wrong, and prints no token', async () => {
    const refusals: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
      [['--role', 'emperor'], /^There is no role emperor; choose from operator, .*\.\n$/],
      [
        ['--role', 'operator', 'resident'],
        /^Name the community with --community <id>; only an operator has none\.\n$/,
      ],
      [['--role', 'admin', '--community', 'evt.>'], /^"evt\.>" is no id of a community\.\n$/],
      [['--role', 'operator', '--lifetime', 'ever'], /^"ever" is no time; write 30m, 12h or 7d\.\n$/],
    ];
    await Promise.all(
      refusals.map(async ([args, sentence]) => {
        const { code, output, errors } = await fixture.weinao(directory, 'token', ...args);
        expect({ code, output, errors }).toEqual({
          code: 1,
          output: '',
          errors: expect.stringMatching(sentence),
        });
      }),
    );
  });
});
