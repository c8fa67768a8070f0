import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { zipOf, type ZipEntry } from '../documents/zip.writer';
import type { EvidencePack } from './evidence-pack';
import type { FoundFile } from './evidence-pack-store.service';

/** A paper made for the pack. */
export interface MadePaper {
  name: string;
  title: string;
  content: Buffer;
}

export interface ManifestFile {
  name: string;
  title: string;
  size: number;
  sha256: string;
  state: 'kept' | 'remade' | 'made';
  /** the hash the register knows, where the bytes are others now */
  expected: string | null;
}

export interface Manifest {
  criterion: string;
  office: string;
  from: string;
  to: string;
  madeBy: string;
  madeAt: string;
  figures: EvidencePack['coverage'];
  files: ManifestFile[];
  /** belongs to the pack, and is nowhere */
  missing: { name: string; title: string; expected: string | null }[];
}

export interface ZipPlan {
  manifest: Omit<Manifest, 'files' | 'missing'>;
  papers: MadePaper[];
  found: FoundFile[];
  mtime: Date;
  open: (sha256: string) => Readable;
  onFile: () => void;
}

/**
 * The pack as a stream. Hashes are taken of the bytes that go into it; the manifest comes last and therefore tells
 * what is in the file, not what should be.
 */
export function packZip(plan: ZipPlan): Readable {
  const files: ManifestFile[] = [];
  const papers = plan.papers.map(({ name, title, content }) =>
    entry(plan, files, { name, title, state: 'made', expected: null }, () => Readable.from([content])),
  );
  const kept = plan.found.flatMap((file) => {
    const { name, title, state, kept: sha256 } = file;
    if (state === 'missing' || sha256 === null) return [];
    return [entry(plan, files, { name, title, state, expected: file.sha256 }, () => plan.open(sha256))];
  });
  const manifest: Manifest = { ...plan.manifest, files, missing: missingOf(plan.found) };
  const last = [
    textEntry('MANIFEST.txt', () => manifestText(manifest)),
    textEntry('manifest.json', () => `${JSON.stringify(manifest, null, 2)}\n`),
  ];
  return zipOf([...papers, ...kept, ...last], plan.mtime);
}

const missingOf = (found: FoundFile[]) =>
  found
    .filter((f) => f.state === 'missing')
    .map(({ name, title, sha256 }) => ({ name, title, expected: sha256 }));

function entry(
  plan: ZipPlan,
  files: ManifestFile[],
  told: Omit<ManifestFile, 'size' | 'sha256'>,
  open: () => Readable,
): ZipEntry {
  return {
    name: told.name,
    compress: !/\.(pdf|png|jpe?g|xlsx|docx)$/iu.test(told.name),
    open: () => {
      const source = open();
      const meter = metered((size, sha256) => {
        files.push({ ...told, size, sha256, expected: told.expected === sha256 ? null : told.expected });
        plan.onFile();
      });
      source.on('error', (e) => meter.destroy(e));
      return source.pipe(meter);
    },
  };
}

function metered(told: (size: number, sha256: string) => void): Transform {
  const hash = createHash('sha256');
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
    flush(done) {
      told(size, hash.digest('hex'));
      done();
    },
  });
}

const textEntry = (name: string, text: () => string): ZipEntry => ({
  name,
  compress: true,
  open: () => Readable.from([Buffer.from(text(), 'utf8')]),
});

/** As `sha256sum -c` reads it; what is missing stands in lines it passes over. */
function manifestText({ files, missing }: Manifest): string {
  const lines = files.map(({ sha256, name }) => `${sha256}  ${name}`);
  const gone = missing.map(({ name, title }) => `# THIẾU: ${name} (${title})`);
  return `${[...lines, ...gone].join('\n')}\n`;
}
