import { asciiName } from '../documents/zip.writer';
import { paddedNumber } from '../documents/document-format';
import type { Coverage } from '../domain/apology-coverage';
import { letterPackLabels as words } from '../platform/letter-pack-labels';
import type { OwedPromise } from './coverage.service';
import type { PackDelivery, PackExcuse } from './evidence-pack.repository';
import type { Letterhead } from './letterhead';

/** One promise that was not kept, with everything that followed it. */
export interface PackLine extends OwedPromise {
  deliveries: PackDelivery[];
  excuses: PackExcuse[];
}

export interface EvidencePack {
  unitId: number;
  from: string;
  to: string;
  head: Letterhead;
  reporter: string;
  madeBy: string;
  madeAt: Date;
  coverage: Coverage;
  /** letters by number, then what has none, by deadline */
  lines: PackLine[];
}

export interface PackFile {
  /** path in the pack, ASCII */
  name: string;
  /** what it is, in words */
  title: string;
  kind: 'letter' | 'proof' | 'slip';
  /** of the file as it was kept; null: no file was ever kept */
  sha256: string | null;
  letterId: number | null;
}

/** Letters by their number, the rest after them as they fell due. */
export function inPackOrder(lines: PackLine[]): PackLine[] {
  const key = (l: PackLine): [number, number, number] =>
    l.number === null ? [9_999, 0, l.deadlineAt.getTime()] : [l.year ?? 0, l.number, l.letterId ?? 0];
  return [...lines].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2] || (a.code < b.code ? -1 : 1);
  });
}

/** Every file that belongs to the pack, in the order of the numbers; also those that turn out to be missing. */
export const packFiles = (lines: PackLine[]): PackFile[] => lines.flatMap(filesOf);

function filesOf(line: PackLine): PackFile[] {
  if (line.excused) return [...letterFile(line), ...line.excuses.flatMap((e, i) => excuseFile(line, e, i))];
  return [...letterFile(line), ...line.deliveries.flatMap((d, i) => proofFile(line, d, i))];
}

/** "2026-0016-H35.50.12-260820-0015": sorts by number. */
const stem = ({ year, number, code }: PackLine): string =>
  asciiName(`${year ?? 0}-${String(number ?? 0).padStart(4, '0')}-${code}`);

export const numberText = ({ number, suffix }: PackLine): string =>
  number === null ? '' : `${paddedNumber(number)}/${suffix ?? ''}`;

/** The signed copy where there is one: it is the letter that was sent. */
function letterFile(line: PackLine): PackFile[] {
  if (line.letterId === null || line.number === null) return [];
  const slip = line.form === 'system-error-slip';
  const signed = line.signedSha256 !== null;
  return [
    {
      name: `${slip ? 'loi-he-thong' : 'thu'}/${stem(line)}${signed ? '-ky-so' : ''}.pdf`,
      title: words.letterTitle(numberText(line), line.code, slip),
      kind: slip ? 'slip' : 'letter',
      sha256: line.signedSha256 ?? line.fileSha256,
      letterId: line.letterId,
    },
  ];
}

function proofFile(line: PackLine, d: PackDelivery, i: number): PackFile[] {
  if (d.fileSha256 === null) return [];
  return [
    {
      name: `minh-chung/${stem(line)}-${i + 1}-${d.channel}-${asciiName(d.fileName ?? 'tep')}`,
      title: words.proofTitle(numberText(line), line.code, d.fileName ?? ''),
      kind: 'proof',
      sha256: d.fileSha256,
      letterId: null,
    },
  ];
}

function excuseFile(line: PackLine, e: PackExcuse, i: number): PackFile[] {
  if (e.fileSha256 === null) return [];
  return [
    {
      name: `loi-he-thong/${asciiName(line.code)}-minh-chung-${i + 1}-${asciiName(e.fileName ?? 'tep')}`,
      title: words.excuseTitle(line.code, e.fileName ?? ''),
      kind: 'proof',
      sha256: e.fileSha256,
      letterId: null,
    },
  ];
}
