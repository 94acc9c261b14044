export type ErrandEvent =
  | { readonly type: 'ErrandOpened'; readonly data: { readonly title: string } }
  | { readonly type: 'ErrandNoted'; readonly data: { readonly text: string; readonly part: number } };
