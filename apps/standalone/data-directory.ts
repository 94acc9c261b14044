import { resolve } from 'node:path';

/** Where the embedded database and the issuer's key are kept. */
export const dataDirectory = (): string => resolve(process.env.WEINAO_DATA ?? '.weinao');
