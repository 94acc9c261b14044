import { LocalIssuer } from '@weinao/gateway';
import type { Role } from '@weinao/plugins';
import type { LookedInto } from '@weinao/testing';

export interface Answer {
  readonly status: number;
  readonly data: LookedInto;
  /** Codes of the errors, if there are any. */
  readonly codes: readonly string[];
  readonly errors?: readonly LookedInto[];
}

/** Somebody with a token, at one door of a gateway. */
export class Person {
  private constructor(
    private readonly address: string,
    private readonly token: string,
  ) {}

  /** Of a community. */
  static async of(
    url: string,
    directory: string,
    community: string,
    name: string,
    role: Role,
  ): Promise<Person> {
    const issuer = await LocalIssuer.open(directory);
    const token = await issuer.issue({
      subject: name,
      roles: [role],
      communityId: community,
      lifetime: '1h',
    });
    return new Person(`${url}/communities/${community}/graphql`, token);
  }

  static async operator(url: string, directory: string): Promise<Person> {
    const issuer = await LocalIssuer.open(directory);
    const token = await issuer.issue({
      subject: 'op',
      roles: ['operator'],
      communityId: null,
      lifetime: '1h',
    });
    return new Person(`${url}/graphql`, token);
  }

  /** @throws Error where no JSON comes back */
  async ask(query: string, variables: Record<string, unknown> = {}, key?: string): Promise<Answer> {
    const response = await fetch(this.address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.token}`,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
    const codes = errors?.map(({ extensions }) => extensions?.code as string) ?? [];
    return { status: response.status, data, errors, codes };
  }
}

/** The people of the stories: resident Lin, worker Wang and property staff Chen. */
export async function peopleOf(
  url: string,
  directory: string,
  community = 'osmanthus-court',
): Promise<People> {
  const [lin, wang, chen] = await Promise.all([
    Person.of(url, directory, community, 'lin', 'resident'),
    Person.of(url, directory, community, 'wang', 'worker'),
    Person.of(url, directory, community, 'chen', 'property'),
  ]);
  return { lin, wang, chen };
}

export interface People {
  readonly lin: Person;
  readonly wang: Person;
  readonly chen: Person;
}
