import { openDatabase } from '../../../src/browser/storage/database.ts';
import { createDexieDocumentStore } from '../../../src/browser/storage/dexie-document-store.ts';
import { describeDocumentStore } from '../../contract/document-store.contract.ts';

let opened = 0;

describeDocumentStore('IndexedDB through Dexie', async () => {
  opened += 1;
  const name = `store-test-${opened}`;
  const databases = [openDatabase(name), openDatabase(name)] as const;
  const first = createDexieDocumentStore(databases[0]);
  const second = createDexieDocumentStore(databases[1]);
  return {
    first,
    second,
    async close() {
      first.close();
      second.close();
      databases.forEach((database) => database.close());
    },
  };
});
