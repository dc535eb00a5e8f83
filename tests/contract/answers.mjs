// Checks answers against docs/openapi.json: status, content type, headers, body. Reads one answer a line from standard input,
//   {"test", "method", "path", "status", "headers": {name: value}, "body"?}
// and at the end writes each deviation once, as a line, with the test that saw it first.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const document = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
addFormats(ajv);
ajv.addSchema({ $id: 'contract', components: document.components });

/** Headers that every answer may have: the hardening, which has tests of its own, and what belongs to HTTP itself. */
const common = new Set([
  'cache-control', 'content-length', 'content-security-policy', 'content-type', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'date',
  'referrer-policy', 'strict-transport-security', 'transfer-encoding', 'x-content-type-options', 'connection', 'permissions-policy',
]);

const at = (reference) => reference.slice(2).split('/').reduce((node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const resolve = (node) => (node?.$ref ? at(node.$ref) : node);
/** References into the document as references into what the validator knows. */
const absolute = (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/'));

const paths = Object.entries(document.paths)
  .map(([template, operations]) => ({
    template,
    operations,
    parameters: template.split('{').length - 1,
    pattern: new RegExp(`^${template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('[^/]+')}$`
      // The training's path has folders in it, which OpenAPI cannot say.
      .replace('training/[^/]+$', 'training(/.*)?$'), 'i'),
  }))
  // What is written out comes before what is a parameter (OpenAPI 3.1, Paths Object).
  .sort((a, b) => a.parameters - b.parameters);

const responses = new Map();

/** What the document says of a status of a call, made ready for checking. */
function responseOf(path, method, status) {
  const key = `${method} ${path.template} ${status}`;
  if (!responses.has(key)) {
    const response = resolve(path.operations[method]?.responses[status]);
    responses.set(key, response && {
      headers: Object.entries(response.headers ?? {}).map(([name, header]) => ({ name: name.toLowerCase(), required: resolve(header).required === true })),
      content: new Map(Object.entries(response.content ?? {}).map(([type, media]) =>
        [type, /json$/.test(type) ? ajv.compile(absolute(media.schema)) : () => true])),
    });
  }
  return responses.get(key);
}

const refused = ajv.compile(absolute(document.components.schemas.Problem));

function isProblem(type, body, condition) {
  if (type !== 'application/problem+json') return false;
  const problem = JSON.parse(body || 'null');
  return refused(problem) && condition(problem);
}

/** Undefined when the answer is as documented. */
function fault({ method, path, status, headers, body }) {
  const type = headers['content-type']?.split(';')[0].trim();
  const candidates = paths.filter((each) => each.pattern.test(path));
  const match = candidates.find((each) => each.operations[method.toLowerCase()]);
  if (!match) {
    const code = candidates.length > 0 ? 'method-not-allowed' : 'not-found';
    const expected = code === 'not-found' ? 404 : 405;
    // A body that is too large is refused before the path is looked at, and so is another origin.
    const known = [[expected, code], [413, 'body-too-large'], [403, 'origin-not-allowed']];
    // A HEAD is answered without the body that the GET would have.
    const isKnown = method === 'HEAD' ? known.some(([s]) => s === status) : isProblem(type, body, (problem) => known.some(([s, c]) => s === status && problem.code === c));
    return isKnown ? undefined : `is not in the document, and no ${code}`;
  }
  const response = responseOf(match, method.toLowerCase(), status);
  if (!response) return `status ${status} is not in the document`;
  for (const { name, required } of response.headers) {
    if (required && !(name in headers)) return `header ${name} is missing`;
  }
  const unknown = Object.keys(headers).find((name) => !common.has(name) && !response.headers.some((each) => each.name === name));
  if (unknown) return `header ${unknown} is not in the document`;
  if (response.content.size === 0) return body ? 'has a body, but none is in the document' : undefined;
  const validate = response.content.get(type);
  if (!validate) return response.content.has('*/*') ? undefined : `content type ${type} is not in the document`;
  let value;
  try {
    value = /json$/.test(type) ? JSON.parse(body) : undefined;
  } catch {
    return 'the body is no JSON';
  }
  if (validate(value)) return undefined;
  const [error] = validate.errors;
  return `body${error.instancePath} ${error.message}${error.params.additionalProperty ? `: ${error.params.additionalProperty}` : ''}`;
}

const deviations = new Map();
let count = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const answer = JSON.parse(line);
  count++;
  const wrong = fault(answer);
  if (!wrong) continue;
  const template = paths.find((each) => each.pattern.test(answer.path))?.template ?? answer.path;
  const key = `${answer.method} ${template} ${answer.status}: ${wrong}`;
  const seen = deviations.get(key);
  deviations.set(key, { test: seen?.test ?? answer.test, body: seen?.body ?? answer.body, times: (seen?.times ?? 0) + 1 });
}
for (const [key, { test, body, times }] of deviations) {
  console.log(`${key} [${times}x, first in ${test}] ${(body ?? '').slice(0, 300)}`);
}
console.error(`${count} answers checked against the document, ${deviations.size} deviations.`);
