import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { shippedPackages, writeLicences } from '../../scripts/licences.mjs';

const OPEN = /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|OFL-1\.1|0BSD|Unlicense)$/;

it('every package that a build may carry is named with an open licence and its text', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  const packages = shippedPackages();
  const names = packages.map(({ name }) => name);
  for (const name of [...Object.keys(dependencies), 'svelte', 'internmap', 'd3-path'])
    expect(names).toContain(name);
  const isOpen = (licence: string) => licence.split(' AND ').every((one) => OPEN.test(one));
  expect(packages.filter(({ licence }) => !isOpen(licence))).toEqual([]);

  const folder = mkdtempSync(join(tmpdir(), 'licences-'));
  writeLicences(folder);
  const parts = readFileSync(join(folder, 'licences.txt'), 'utf8').split('='.repeat(80));
  rmSync(folder, { recursive: true });
  expect(parts.length).toBe(packages.length + 2);
  for (const { name, version, holder, text } of packages) {
    const part = parts.find((one) => one.trim().startsWith(`${name} ${version} (`));
    expect(part?.length, name).toBeGreaterThan(500);
    expect(part, name).toContain(text === '' ? holder : text);
  }
  const layers = parts.find((one) => one.trim().startsWith('@tensorflow/tfjs-layers '));
  for (const said of ['Apache License', 'Permission is hereby granted']) expect(layers).toContain(said); // its two
  // a package without a text of its own gets the standard one, not another package's name
  expect(parts.find((one) => one.includes('seedrandom'))).not.toContain('Svelte');
});
