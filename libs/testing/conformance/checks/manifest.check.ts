import { parseManifest } from '@weinao/plugins';
import type { SourceCheck } from '../check.ts';
import { differences } from '../differences.ts';

export const manifestCheck: SourceCheck = {
  id: 'manifest',
  title: 'says of itself what is valid, also when it comes over the wire',
  level: 'bronze',
  needs: 'sources',
  async findings({ plugin: { manifest } }) {
    return differences(manifest, parseManifest(JSON.parse(JSON.stringify(manifest))));
  },
};
