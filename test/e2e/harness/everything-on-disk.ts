/**
 * All that this page's browser keeps for it, as text: every string and every byte in every table of
 * every database, and the local storage. What is sealed stays so.
 */
export async function everythingOnDisk(): Promise<string> {
  const found: string[] = [JSON.stringify(localStorage)];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await done(indexedDB.open(name));
    for (const table of database.objectStoreNames) {
      const store = database.transaction(table).objectStore(table);
      const [keys, rows] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      collect([keys, rows], found);
    }
    database.close();
  }
  return found.join('\n');
}

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser does not say why'));
  });

/** Bytes as one character each, so that a text among them can be found. */
const latin1 = new TextDecoder('latin1');

function collect(value: unknown, found: string[]): void {
  if (typeof value === 'string') found.push(value);
  else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    found.push(latin1.decode(value));
  else if (value instanceof Map) collect([...value], found);
  else if (value instanceof Set) collect([...value], found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      found.push(name);
      collect(field, found);
    }
  }
}
