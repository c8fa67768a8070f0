// Runs in its own thread: the compiler is synchronous and would stop the server for a second per hundred letters.
// Plain JavaScript, because worker threads load this file as it is, from sources and from the built service alike.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const require = createRequire(import.meta.url);
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');

const { workspace, mainFile, fontFolders } = workerData;
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFolders }] });

const faults = (error) =>
  new Error(
    error.shortDiagnostics.map((d) => `${d.severity ?? ''} ${d.message ?? JSON.stringify(d)}`).join('; '),
  );

function compile({ inputs, archive, createdAt }) {
  const compiled = compiler.compile({ mainFilePath: mainFile, inputs });
  try {
    if (compiled.hasError()) throw faults(compiled.takeError());
    // a warning of the compiler can mean lost words
    const warnings = compiled.takeWarnings();
    if (warnings) throw faults(warnings);
    return compiler.pdf(compiled.result, {
      creationTimestamp: createdAt,
      ...(archive ? { pdfStandard: 'a-2a' } : { pdfTags: false }),
    });
  } finally {
    // What this compilation used stays for the next: fonts and common words are most of the work. Older things go.
    compiler.evictCache(1);
  }
}

async function merge({ files, title, author }) {
  const { PDF } = await import('@libpdf/core');
  const merged = await PDF.merge(files.map((file) => readFileSync(file)));
  merged.setTitle(title, { showInWindowTitleBar: true });
  merged.setAuthor(author);
  return merged.save();
}

parentPort.on('message', async ({ id, kind, ...task }) => {
  try {
    const bytes = Uint8Array.from(kind === 'merge' ? await merge(task) : compile(task));
    parentPort.postMessage({ id, bytes }, [bytes.buffer]);
  } catch (e) {
    parentPort.postMessage({ id, error: e instanceof Error ? e.message : String(e) });
  }
});
