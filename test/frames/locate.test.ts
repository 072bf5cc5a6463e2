import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Card, cardNamed, listCards } from '../../src/frames/cards.js';
import { loadCard, loadTable } from '../../src/frames/load.js';
import { locate, sha256 } from '../../src/frames/locate.js';
import { numbers, quoted } from '../../src/frames/table.js';

const content = Buffer.from('material,size_nm,viability_pct\nPS,50,20\nPE,60,99\n');

/** Runs `check` with an empty cache and a card whose file comes from a local server. */
async function served(
  answer: RequestListener,
  check: (card: Card, cacheFolder: string) => Promise<void>,
): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const cacheFolder = mkdtempSync(join(tmpdir(), 'nurdle-cache-'));
  const { port } = server.address() as AddressInfo;
  const card: Card = {
    ...cardNamed('jyakhwo2024'),
    id: 'small',
    folder: 'small',
    file: {
      name: 'small.csv',
      bytes: content.length,
      sha256: sha256(content),
      url: `http://127.0.0.1:${port}/small.csv`,
    },
    mapping: { material: 'material', size_nm: 'size_nm', viability_pct: 'viability_pct' },
  };
  try {
    await check(card, cacheFolder);
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(cacheFolder, { recursive: true });
  }
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

const send: RequestListener = (_, response) => response.end(content);

test('a data set is downloaded once, checked, kept, and read from the cache after that', async () => {
  let requests = 0;
  const counted: RequestListener = (request, response) => {
    requests++;
    send(request, response);
  };
  await served(counted, async (card, cacheFolder) => {
    const places = { dataFolder: '', cacheFolder };
    assert.equal((await locate(card, places)).from, 'download');
    assert.equal((await locate(card, places)).from, 'cache');
    assert.equal(requests, 1);
    assert.deepEqual(filesIn(cacheFolder), ['small.csv']);
    assert.deepEqual([...numbers((await loadCard(card, places)).table, 'size_nm')], [50, 60]);
  });
});

test('a damaged file in the cache is fetched again', async () => {
  await served(send, async (card, cacheFolder) => {
    const places = { dataFolder: '', cacheFolder };
    const { path } = await locate(card, places);
    writeFileSync(path, 'half');
    assert.deepEqual(Buffer.from((await locate(card, places)).bytes), content);
  });
});

test('a cut-off download is refused and nothing stays', async () => {
  const cutOff: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 20), () => response.destroy());
  };
  await served(cutOff, async (card, cacheFolder) => {
    await assert.rejects(locate(card, { dataFolder: '', cacheFolder }), {
      message:
        /^data set "small" from http:\S+ was refused: it was cut off: \d+ of 49 bytes arrived; nothing was kept; put small\.csv into the folder small under NURDLE_DATA, or work with synthetic-cytotoxicity$/,
    });
    assert.deepEqual(filesIn(cacheFolder), []);
  });
});

test('a download that ends early without saying so is refused and nothing stays', async () => {
  await served(
    (_, response) => response.end(content.subarray(0, 30)),
    async (card, cacheFolder) => {
      await assert.rejects(
        locate(card, { dataFolder: '', cacheFolder }),
        /it was cut off: 30 of \d+ bytes arrived/,
      );
      assert.deepEqual(filesIn(cacheFolder), []);
    },
  );
});

test('a download with another content is refused and nothing stays', async () => {
  const other = Buffer.from(content).fill('x', 0, 1);
  await served(
    (_, response) => response.end(other),
    async (card, cacheFolder) => {
      await assert.rejects(locate(card, { dataFolder: '', cacheFolder }), {
        message: new RegExp(
          `was refused: its SHA-256 is ${sha256(other)}, but its card says ${sha256(content)}`,
        ),
      });
      assert.deepEqual(filesIn(cacheFolder), []);
    },
  );
});

test('an endless download is stopped', async () => {
  const endless: RequestListener = (_, response) => {
    const more = (): void => void (response.destroyed || response.write(Buffer.alloc(65536), more));
    more();
  };
  await served(endless, async (card, cacheFolder) => {
    await assert.rejects(
      locate(card, { dataFolder: '', cacheFolder }),
      /larger than the \d+ bytes of its card/,
    );
    assert.deepEqual(filesIn(cacheFolder), []);
  });
});

test('a page that is not there is refused with its status', async () => {
  await served(
    (_, response) => response.writeHead(404).end(),
    async (card, cacheFolder) => {
      await assert.rejects(
        locate(card, { dataFolder: '', cacheFolder }),
        /the server answered 404; put small\.csv into/,
      );
      assert.deepEqual(filesIn(cacheFolder), []);
    },
  );
});

test('a file in the data folder comes first, and is refused when it is not the one of the card', async () => {
  await served(send, async (card, cacheFolder) => {
    const dataFolder = join(cacheFolder, 'mine');
    mkdirSync(join(dataFolder, 'small'), { recursive: true });
    const path = join(dataFolder, 'small', 'small.csv');
    writeFileSync(path, content);
    assert.equal((await locate(card, { dataFolder, cacheFolder })).from, 'folder');
    writeFileSync(path, content.subarray(0, 9));
    await assert.rejects(locate(card, { dataFolder, cacheFolder }), {
      message: `${path} of data set "small" is cut off: it has 9 of ${content.length} bytes; replace it or take it away`,
    });
    assert.ok(existsSync(path));
  });
});

test('a data set that is not known is refused with the nearest id', async () => {
  await assert.rejects(loadTable('yan-mpn'), {
    name: 'RangeError',
    message: `data set "yan-mpn" is not known; did you mean "yan-mnp"?; known are ${quoted(listCards().map(({ id }) => id))}`,
  });
});

test('a file that is not there is refused', async () => {
  await assert.rejects(loadTable('/nowhere/a.csv'), {
    message: '/nowhere/a.csv cannot be read: there is no such file',
  });
});
