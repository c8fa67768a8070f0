import { toInstant, type LocalSecond } from '../domain/local-date';
import type { PortalRecord } from './portal-record';
import type { Supplement } from './supplement';

/** Microseconds between the epochs of JavaScript and PostgreSQL are taken in seconds first: exact below 2^53. */
const POSTGRES_EPOCH_SECONDS = 946_684_800;
const SIGNATURE = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const JSONB_VERSION = 1;
const TWO_32 = 4_294_967_296;

/** Column of the stage table and how it is written; the order is the order of the COPY. */
type Column = [
  name: string,
  type: 'int4' | 'int2' | 'text' | 'timestamptz' | 'jsonb',
  of: (r: PortalRecord) => unknown,
];

export const STAGE_COLUMNS: Column[] = [
  ['line', 'int4', (r) => r.line],
  ['carried', 'int4', (r) => r.carried],
  ['code', 'text', (r) => r.code],
  ['procedure_code', 'text', (r) => r.procedureCode],
  ['procedure_name', 'text', (r) => r.procedureName],
  ['field_code', 'text', (r) => r.fieldCode],
  ['field_name', 'text', (r) => r.fieldName],
  ['department_name', 'text', (r) => r.departmentName],
  ['officer_name', 'text', (r) => r.officerName],
  ['applicant_name', 'text', (r) => r.applicantName],
  ['applicant_kind', 'text', (r) => r.applicantKind],
  ['address', 'text', (r) => r.address],
  ['phone', 'text', (r) => r.phone],
  ['email', 'text', (r) => r.email],
  ['summary', 'text', (r) => r.summary],
  ['channel', 'text', (r) => r.channel],
  ['status', 'int2', (r) => r.status],
  // An online submission nobody accepted yet stands from the moment it came in; no deadline runs on it.
  [
    'received_at',
    'timestamptz',
    (r) => r.receivedAt ?? (r.status === 1 || r.status === 3 ? r.submittedAt : null),
  ],
  ['promised_at', 'timestamptz', (r) => r.promisedAt],
  ['promised_first_at', 'timestamptz', (r) => r.promisedFirstAt],
  ['finished_at', 'timestamptz', (r) => r.finishedAt],
  ['returned_at', 'timestamptz', (r) => r.returnedAt],
  ['submitted_at', 'timestamptz', (r) => r.submittedAt],
  [
    'supplements',
    'jsonb',
    (r) => (r.supplements.length === 0 ? null : JSON.stringify(r.supplements.map(stored))),
  ],
];

const iso = (at: LocalSecond | null): string | null => (at === null ? null : toInstant(at).toISOString());

const stored = (s: Supplement) => ({
  ...s,
  requestedAt: iso(s.requestedAt),
  receivedAt: iso(s.receivedAt),
  promisedBefore: iso(s.promisedBefore),
  promisedAfter: iso(s.promisedAfter),
});

/** Writes records in PostgreSQL's binary COPY format: no text escapes, no date parsing on the other side. */
export class StageEncoder {
  private buffer = Buffer.allocUnsafe(128 * 1024);
  private size = 0;

  constructor() {
    this.bytes(SIGNATURE);
  }

  get length(): number {
    return this.size;
  }

  add(record: PortalRecord): void {
    this.room(2);
    this.size = this.buffer.writeInt16BE(STAGE_COLUMNS.length, this.size);
    for (const [, type, of] of STAGE_COLUMNS) this.value(type, of(record));
  }

  /** What was written since the last call, in memory of its own. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.size);
    taken.set(this.buffer.subarray(0, this.size));
    this.size = 0;
    return taken;
  }

  end(): Uint8Array<ArrayBuffer> {
    this.bytes(TRAILER);
    return this.take();
  }

  private value(type: Column[1], value: unknown): void {
    if (value === null) return this.int4(-1);
    if (type === 'int4') return this.fixed(4, () => this.buffer.writeInt32BE(value as number, this.size));
    if (type === 'int2') return this.fixed(2, () => this.buffer.writeInt16BE(value as number, this.size));
    if (type === 'timestamptz') return this.timestamp(value as LocalSecond);
    this.text(value as string, type === 'jsonb');
  }

  private int4(value: number): void {
    this.room(4);
    this.size = this.buffer.writeInt32BE(value, this.size);
  }

  private fixed(length: number, write: () => number): void {
    this.int4(length);
    this.room(length);
    this.size = write();
  }

  private timestamp(at: LocalSecond): void {
    const micros = (toInstant(at).getTime() / 1000 - POSTGRES_EPOCH_SECONDS) * 1e6;
    this.fixed(8, () => {
      this.buffer.writeInt32BE(Math.floor(micros / TWO_32), this.size);
      return this.buffer.writeUInt32BE(micros - Math.floor(micros / TWO_32) * TWO_32, this.size + 4);
    });
  }

  private text(text: string, json: boolean): void {
    const length = Buffer.byteLength(text) + (json ? 1 : 0);
    this.int4(length);
    this.room(length);
    if (json) this.size = this.buffer.writeUInt8(JSONB_VERSION, this.size);
    this.size += this.buffer.write(text, this.size);
  }

  private bytes(bytes: Buffer): void {
    this.room(bytes.length);
    this.size += bytes.copy(this.buffer, this.size);
  }

  private room(length: number): void {
    if (this.size + length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe((this.size + length) * 2);
    this.buffer.copy(larger, 0, 0, this.size);
    this.buffer = larger;
  }
}
