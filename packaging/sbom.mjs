// Writes what the package is made of as CycloneDX (https://cyclonedx.org), by cdxgen from the lock file, without the network:
//   node packaging/sbom.mjs OUT VERSION [EXTENSIONS]
// Without EXTENSIONS it is the list of the native head. EXTENSIONS is the function.deps.json of the extensions for the host in the worker's package. The lock file does not know them.
// The same for the same commit: no path of this machine, the time is SOURCE_DATE_EPOCH, the serial number follows from the content.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [out, version, extensions] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'sbom-'));
try {
  const lock = extensions ? 'packages.lock.json' : 'packages.native.lock.json';
  copyFileSync(join(here, '..', 'functions', 'Functions.csproj'), join(work, 'Functions.csproj'));
  copyFileSync(join(here, '..', 'functions', lock), join(work, 'packages.lock.json'));
  const found = join(work, 'found.json');
  const options = ['--type', 'dotnet', '--no-recurse', '--no-install-deps', '--no-babel', '--spec-version', '1.6', '--output', found, work];
  execFileSync(process.execPath, [join(here, 'node_modules', '.bin', 'cdxgen'), ...options], { cwd: work, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, FETCH_LICENSE: 'false' } });
  const bom = JSON.parse(readFileSync(found, 'utf8'));

  // What names this machine or this minute.
  delete bom.annotations;
  delete bom.serialNumber;
  delete bom.metadata.properties;
  bom.metadata.timestamp = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString();
  for (const component of bom.components) {
    delete component.evidence;
    delete component.properties;
    // A project of this repository has no version in the lock file.
    component.version ||= version;
  }
  const known = new Set(bom.components.map(component => component.purl));
  const libraries = extensions ? Object.values(JSON.parse(readFileSync(extensions, 'utf8')).targets).flatMap(Object.entries) : [];
  const isPacked = ([, { runtime = {} }]) => Object.keys(runtime).some(file => existsSync(join(dirname(extensions), basename(file))));
  for (const [library] of libraries.filter(isPacked).sort()) {
    const [name, number] = library.split('/');
    const purl = `pkg:nuget/${name}@${number}`;
    if (!known.has(purl)) bom.components.push({ type: 'library', name, version: number, purl, 'bom-ref': purl });
  }
  const text = JSON.stringify(bom).replaceAll('VoucherFunctions@latest', `VoucherFunctions@${version}`);
  const hash = createHash('sha256').update(text).digest('hex');
  const serial = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  const { bomFormat, specVersion, ...rest } = JSON.parse(text);
  rest.metadata.component.version = version;
  writeFileSync(out, `${JSON.stringify({ bomFormat, specVersion, serialNumber: `urn:uuid:${serial}`, ...rest }, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true });
}
