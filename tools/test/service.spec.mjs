import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { pinnedNode, root } from '../installation.mjs';

const service = (...args) => {
  const env = { ...process.env, DATABASE_URL: '' };
  return spawnSync(pinnedNode(), [join(root, 'tools', 'service.mjs'), ...args], { env, encoding: 'utf8' });
};

describe('npm run service', () => {
  it.each([[[]], [['wishes']], [['../gateway']], [['tickets', 'residents']]])(
    'with %j says which there are',
    (args) => {
      const { status, stdout, stderr } = service(...args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(
        /^Say which service: npm run service -- <service>, one of .*communities.*tickets\.\n$/,
      );
    },
  );

  it('starts the service that is named', () => {
    const { status, stderr } = service('tickets');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^DATABASE_URL is not set; /);
  });
});
