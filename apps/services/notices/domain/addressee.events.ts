/** What decides whom a notice addresses. */
export interface AddresseeTraits {
  readonly building: string | null;
  /** YYYY-MM-DD */
  readonly birthDate: string | null;
  readonly tags: readonly string[];
}

/** Of one resident, whose id names the stream. */
export type AddresseeEvent =
  | { readonly type: 'AddresseeNoted'; readonly data: AddresseeTraits; readonly at?: string }
  | { readonly type: 'AddresseeLeft'; readonly data: object; readonly at?: string };
