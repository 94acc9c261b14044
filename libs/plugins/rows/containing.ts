/** A pattern for `ilike`: whatever has this text somewhere in it. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
