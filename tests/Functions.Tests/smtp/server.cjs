// Nodemailer's SMTP server for the tests. First line on standard output: its port; then every mail it received, one JSON line each, printed before the
// sender is told. Ends when standard input ends, that is when the test that started it is gone, however it went.
// A recipient's name says what happens to the mail: refused-… 550, busy-… 450 the first time, dropped-… taken, but the first time the answer is lost.
// Options: --starttls offers TLS with a certificate that nobody trusts, --password=… asks for the user "voucher".
const { SMTPServer } = require('smtp-server');

const options = process.argv.slice(2);
const password = options.find((option) => option.startsWith('--password='))?.slice('--password='.length);
const seen = new Set();

const isFirst = (address) => !seen.has(address) && seen.add(address);
const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  hideSTARTTLS: !options.includes('--starttls'),
  authOptional: password === undefined,
  allowInsecureAuth: true,
  disabledCommands: password === undefined ? ['AUTH'] : [],
  disableReverseLookup: true,
  onAuth: (auth, session, done) =>
    auth.username === 'voucher' && auth.password === password ? done(null, { user: auth.username }) : done(refuse(535, 'Wrong user or password')),
  onRcptTo: ({ address }, session, done) => {
    if (address.startsWith('refused-')) {
      done(refuse(550, 'No such mailbox'));
    } else if (address.startsWith('busy-') && isFirst(address)) {
      done(refuse(450, 'Mailbox busy'));
    } else {
      done();
    }
  },
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope;
      const mail = { from: mailFrom.address, to: rcptTo.map(({ address }) => address), user: session.user ?? null, raw: Buffer.concat(chunks).toString('base64') };
      process.stdout.write(`${JSON.stringify(mail)}\n`);
      if (mail.to[0].startsWith('dropped-') && isFirst(mail.to[0])) {
        server.connections.forEach((connection) => connection.id === session.id && connection.close());
      } else {
        done();
      }
    });
  },
});

server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.server.address().port}\n`));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.on('SIGINT', () => {});
