// better-auth as its documentation begins: e-mail and password, the memory adapter, everything else at its default. node server.mjs PORT
import { createServer } from 'node:http';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';

const port = Number(process.argv[2]);
const auth = betterAuth({
  secret: 'a secret for measuring, and for nothing else',
  baseURL: `http://127.0.0.1:${port}`,
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  emailAndPassword: { enabled: true },
});
createServer(toNodeHandler(auth)).listen(port, '127.0.0.1');
