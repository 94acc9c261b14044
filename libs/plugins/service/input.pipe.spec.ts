import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsInt, Max, Min, ValidateNested } from 'class-validator';
import { InputPipe } from './input.pipe.ts';
import { BadUserInput } from '../graphql/bad-user-input.ts';
import { OptionalText, Text } from '../graphql/text.validators.ts';

class Flat {
  @Text(3)
  unit: string;
}

class WishInput {
  @Text(5)
  title: string;

  @OptionalText(5)
  note?: string | null;

  @IsInt()
  @Min(1)
  @Max(5)
  stars: number;

  @ValidateNested({ each: true })
  @Type(() => Flat)
  flats: Flat[];
}

const pipe = new InputPipe();
const transform = (value: unknown): Promise<unknown> =>
  pipe.transform(value, { type: 'body', metatype: WishInput });
const good = { title: '一盆花', stars: 5, flats: [{ unit: '201' }] };

async function broken(change: object): Promise<string[]> {
  const error = await transform({ ...good, ...change }).catch((failure: unknown) => failure);
  if (!(error instanceof BadUserInput)) throw new Error(`No BadUserInput: ${String(error)}`);
  expect(error.extensions).toEqual({ code: 'BAD_USER_INPUT', problems: error.problems });
  return error.problems.map(({ path, rule }) => `${path} ${rule}`).sort();
}

describe('input that fits', () => {
  it('becomes what its class says', async () => {
    const input = await transform(good);
    expect(input).toBeInstanceOf(WishInput);
    expect((input as WishInput).flats[0]).toBeInstanceOf(Flat);
    expect(input).toEqual(good);
  });

  it('may leave out a text that is optional, or say null', async () => {
    expect(await transform({ ...good, note: null })).toMatchObject({ note: null });
  });
});

describe('input that does not fit', () => {
  it('is refused with every problem at once, by its path', async () => {
    const flats = [{ unit: '201' }, { unit: '20101' }, {}];
    expect(await broken({ title: ' ', note: '', stars: 6.5, flats })).toEqual([
      'flats.1.unit maxLength',
      'flats.2.unit isString',
      'flats.2.unit maxLength',
      'note notBlank',
      'stars isInt',
      'stars max',
      'title notBlank',
    ]);
  });

  it('is told in one sentence for people too', async () => {
    await expect(transform({ ...good, stars: 0 })).rejects.toThrow('stars: stars must not be less than 1');
  });

  it('is a text with NUL, which no text of the database can hold', async () => {
    expect(await broken({ title: 'a\0b' })).toEqual(['title withoutNul']);
  });
});
