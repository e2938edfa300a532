// What a door keeps on its device: encrypted by a key that the browser gives out to nobody, not even to us.

const BASE = 'door';
const STORE = 'kept';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(BASE, 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

async function run<Value>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = base.transaction(STORE, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(STORE));
      // Written only when the transaction is: a device may lose its battery at any moment.
      transaction.addEventListener('complete', () => resolve(request.result));
      for (const end of ['abort', 'error']) transaction.addEventListener(end, () => reject(transaction.error));
    });
  } finally {
    base.close();
  }
}

async function key(): Promise<CryptoKey> {
  const known = await run<CryptoKey | undefined>('readonly', (store) => store.get('key'));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await run('readwrite', (store) => store.put(made, 'key'));
  return made;
}

/** Keeps a value under a name, encrypted (AES-256-GCM, NIST SP 800-38D: a nonce of 96 random bits each time). */
export async function keep(name: string, value: unknown): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), text);
  await run('readwrite', (store) => store.put({ iv, sealed }, name));
}

/** What was kept; undefined when nothing was, or it cannot be read any more. */
export async function kept<Value>(name: string): Promise<Value | undefined> {
  const found = await run<{ iv: BufferSource; sealed: ArrayBuffer } | undefined>('readonly', (store) => store.get(name));
  if (!found) return undefined;
  try {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: found.iv }, await key(), found.sealed);
    return JSON.parse(new TextDecoder().decode(text)) as Value;
  } catch {
    return undefined;
  }
}

/** Nothing of the door is left on this device. */
export async function wipe(): Promise<void> {
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(BASE);
    for (const end of ['success', 'error', 'blocked']) request.addEventListener(end, () => resolve());
  });
  await caches.delete(BASE);
}
