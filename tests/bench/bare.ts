import fastify from 'fastify';

// What a page is measured against: a bare route that returns the same bytes. Argument: the address that serves them now, and the
// headers to ask with as JSON. Prints its port; ends when its input ends.
const [from, headers] = process.argv.slice(2);
const body = await (
  await fetch(from ?? '', {
    headers: { ...(JSON.parse(headers ?? '{}') as Record<string, string>), 'accept-encoding': 'identity' },
  })
).text();
const app = fastify();
app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(body));
await app.listen({ host: '127.0.0.1', port: 0 });
const address = app.server.address();
process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
