#!/usr/bin/env node
import '../../../tools/typescript.mjs';

process.setSourceMapsEnabled(true);
await import('../weinao.ts');
