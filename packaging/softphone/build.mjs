// Bundles the page's script with what it is made of, and the licences of that, into resources/softphone.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const target = process.argv[2];
// A test that has no npm sees by this that the script was built from these sources.
const sources = ['package-lock.json', 'tsconfig.json', 'build.mjs', ...readdirSync('src').sort().map((name) => `src/${name}`)];
const made = createHash('sha256');
for (const path of sources) made.update(`${path}\n`).update(readFileSync(path));
const done = await build({
  entryPoints: ['src/phone.ts'],
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'chrome122',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  banner: { js: `// made from ${made.digest('hex')}; see LICENCES.txt` },
  outfile: `${target}/phone.js`,
});

// One entry for every package that is in the bundle.
const names = Object.keys(done.metafile.inputs)
  .map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
  .filter((name) => name !== undefined);
const licences = [...new Set(names)].sort().map((name) => {
  const about = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  const text = ['LICENSE', 'LICENSE.md', 'license.md', 'LICENSE.txt']
    .map((file) => { try { return readFileSync(`node_modules/${name}/${file}`, 'utf8'); } catch { return ''; } })
    .find((found) => found !== '');
  if (!text) throw new Error(`${name}: no licence text`);
  return `${name} ${about.version} (${about.license})\n\n${text.trim()}\n`;
});
writeFileSync(`${target}/LICENCES.txt`, `phone.js holds these packages.\n\n${licences.join('\n' + '-'.repeat(72) + '\n\n')}`);
