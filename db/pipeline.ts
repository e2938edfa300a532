import pg from 'pg';

// What node-postgres keeps to itself: the socket, whose writes we gather.
interface Wire {
  connection: { stream: { cork(): void; uncork(): void } };
}

export interface Pipeline {
  query(statement: { name?: string; text: string; values: unknown[] }): Promise<pg.QueryResult>;
  end(): Promise<void>;
}

/**
 * One connection on which the short reads of all requests travel together: those of one turn of the event loop leave in one write
 * and come back in one, which costs a third of a connection each. Nothing that waits for a lock may go here, since what comes
 * behind it waits too. A connection that breaks fails what is on its way and is made anew by the next query.
 */
export function pipeline(url: string): Pipeline {
  let client: Promise<pg.Client> | undefined;
  let gathering = false;

  const open = () => {
    const made = new pg.Client({ connectionString: url, keepAlive: true, pipeline: true, application_name: 'convivium' });
    const opening = made.connect().then(() => made);
    const forget = () => {
      if (client === opening) client = undefined;
    };
    made.on('error', forget);
    made.on('end', forget);
    opening.catch(forget);
    return opening;
  };
  const gather = ({ connection: { stream } }: Wire) => {
    if (gathering) return;
    gathering = true;
    stream.cork();
    setImmediate(() => {
      gathering = false;
      stream.uncork();
    });
  };
  return {
    async query(statement) {
      const ready = await (client ??= open());
      gather(ready as unknown as Wire);
      return ready.query(statement);
    },
    async end() {
      await client?.then((ready) => ready.end()).catch(() => {});
    },
  };
}
