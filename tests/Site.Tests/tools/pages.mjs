// Keeps the pages in step with what they repeat, so that each makes sense before its script has run:
// the header and footer (index.html has the original), the French texts, and the list of modules to
// fetch early. It also makes .well-known/security.txt of the operator's settings. Without arguments it
// names the files that are behind; with --write it brings them up.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const site = resolve(dirname(fileURLToPath(import.meta.url)), '../../../site');
const read = (path) => readFileSync(join(site, path), 'utf8');
const messages = JSON.parse(read('messages/fr.json'));
const config = JSON.parse(read('config.json'));
const operator = Object.entries(config.operator).map(([name, value]) => [`operator_${name}`, value.fr ?? value]);
const values = {
  ...Object.fromEntries(operator),
  service: config.serviceName.fr,
  contactEmail: config.contact.email,
  contactPhone: config.contact.phone,
  operator: config.operator.name,
  reviewedOn: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'Europe/Zurich' }).format(new Date(config.reviewedOn))
    .replace(/^1 /, `${messages['format.firstDay']} `),
};

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function text(key) {
  if (!(key in messages)) throw new Error(`no message ${key}`);
  return escape(messages[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole));
}

const header = /( {2}<a class="skip"[\s\S]*?<\/header>\n)/;
const footer = /( {2}<footer[\s\S]*?)<\/body>/;
const original = read('index.html');

/** All modules a page needs at once: what its script imports, and what those import. */
function modules(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const [, path] of read(entry).matchAll(/^(?:import|export) [^;]*?from '([^']+)';/gm)) {
    modules(join(dirname(entry), path), found);
  }
  return found;
}

function upToDate(html) {
  const script = /<script type="module" src="\/([^"]+)"/.exec(html)[1];
  const preloads = [...modules(script)].filter((path) => path !== script).sort()
    .map((path) => `  <link rel="modulepreload" href="/${path}">\n`).join('');
  return html
    .replace(header, original.match(header)[1])
    .replace(footer, `${original.match(footer)[1]}</body>`)
    .replace(/( {2}<link rel="modulepreload"[^>]*>\n)+/, '')
    .replace(/( {2}<script type="module")/, `${preloads}$1`)
    .replace(/(<(\w+)[^>]*\sdata-t="([^"]+)"[^>]*>)[^<]*(<\/\2>)/g, (_, open, tag, key, close) => open + text(key) + close)
    .replace(/aria-label="[^"]*" data-t-label="([^"]+)"/g, (_, key) => `aria-label="${text(key)}" data-t-label="${key}"`)
    .replace(/(<meta name="description" content=")[^"]*/, (_, open) => open + text('home.lead'));
}

/** Valid for a year from the day on which the operator reviewed the settings. */
function securityTxt() {
  const expires = new Date(config.reviewedOn);
  expires.setUTCFullYear(expires.getUTCFullYear() + 1);
  return `# How to report a weakness. https://www.rfc-editor.org/rfc/rfc9116
Contact: mailto:${config.contact.email}
Expires: ${expires.toISOString().slice(0, 10)}T00:00:00Z
Preferred-Languages: ${config.languages.join(', ')}
`;
}

const pages = readdirSync(site).filter((name) => name.endsWith('.html') && name !== 'offline.html');
const behind = [];
for (const page of [...pages, '.well-known/security.txt']) {
  const html = read(page);
  const wanted = page.endsWith('.html') ? upToDate(html) : securityTxt();
  if (html === wanted) continue;
  behind.push(page);
  if (process.argv.includes('--write')) writeFileSync(join(site, page), wanted);
}
console.log(behind.length ? `${process.argv.includes('--write') ? 'written' : 'behind'}: ${behind.join(' ')}` : 'pages are up to date');
process.exitCode = behind.length && !process.argv.includes('--write') ? 1 : 0;
