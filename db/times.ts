import pg from 'pg';

// What PostgreSQL writes of time becomes Temporal. Reading and writing it is most of what a list costs, and the same moments come
// again and again: each text is read once, its value, which nothing can change, is given to all, and knows how it is written.

const MOST = 10_000;

function kept<Value extends { toString(): string }>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text);
    if (value !== undefined) return value;
    if (known.size >= MOST) known.clear();
    const made = read(text);
    const written = made.toString();
    const write = made.toString as (options?: unknown) => string;
    Object.defineProperty(made, 'toString', {
      value: (options?: unknown) => (options === undefined ? written : write.call(made, options)),
    });
    known.set(text, made);
    return made;
  };
}

const { builtins } = pg.types;
pg.types.setTypeParser(
  builtins.TIMESTAMPTZ,
  kept((text) => Temporal.Instant.from(text)),
);
pg.types.setTypeParser(
  builtins.TIMESTAMP,
  kept((text) => Temporal.PlainDateTime.from(text)),
);
pg.types.setTypeParser(
  builtins.DATE,
  kept((text) => Temporal.PlainDate.from(text)),
);
pg.types.setTypeParser(builtins.INT8, Number);
