import type { SourceCheck } from '../check.ts';

interface Named {
  readonly zh: string;
  readonly en: string;
}

const CHINESE = /\p{Script=Han}/u;

/** What is wrong with a text in both languages; `of` says whose. */
export function problemsOfNames(names: Readonly<Record<string, Partial<Named> | undefined>>): string[] {
  return Object.entries(names).flatMap(([of, { zh = '', en = '' } = {}]) => [
    ...(CHINESE.test(zh) ? [] : [`${of} is not said in Chinese: "${zh}"`]),
    ...(!CHINESE.test(en) && /[a-z]/i.test(en) ? [] : [`${of} is not said in English: "${en}"`]),
  ]);
}

export const languagesCheck: SourceCheck = {
  id: 'languages',
  title: 'names itself and each permission in Chinese and in English',
  level: 'bronze',
  needs: 'sources',
  async findings({ plugin: { manifest } }) {
    const permissions = manifest.permissions.map(({ id, name }) => [`The permission ${id}`, name] as const);
    return problemsOfNames({ 'The plugin': manifest.name, ...Object.fromEntries(permissions) });
  },
};

export interface TitledSchema {
  readonly properties?: Readonly<Record<string, TitledSchema>>;
  readonly 'x-title'?: { readonly 'zh-CN'?: string; readonly en?: string };
}

/** What is wrong with the titles of settings, to be shown in a form. */
export function problemsOfTitles({ properties = {} }: TitledSchema, above = ''): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const { 'zh-CN': zh = '', en = '' } = schema['x-title'] ?? {};
    const path = `${above}${name}`;
    return [
      ...problemsOfNames({ [`The setting ${path}`]: { zh, en } }),
      ...problemsOfTitles(schema, `${path}.`),
    ];
  });
}
