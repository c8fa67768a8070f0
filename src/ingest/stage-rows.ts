import { toLocalSecond, type LocalSecond } from '../domain/local-date';
import type { EarlyDeadline } from './early-deadline';
import type { PortalRecord } from './portal-record';
import { STAGE_COLUMNS, type StageType } from './stage-columns';

/** Microseconds between the epochs of JavaScript and PostgreSQL are taken in seconds first: exact below 2^53. */
const POSTGRES_EPOCH_SECONDS = 946_684_800;
/** The same moment on Vietnamese clocks. */
const LOCAL_POSTGRES_EPOCH = toLocalSecond(new Date(POSTGRES_EPOCH_SECONDS * 1000));
const POSTGRES_EPOCH_DAYS = 10_957;
const SIGNATURE = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const TRAILER = Buffer.from([0xff, 0xff]);
const JSONB_VERSION = 1;
const TWO_32 = 4_294_967_296;
const SHORT = 48;
const COLUMNS = STAGE_COLUMNS.length;
const TYPES = STAGE_COLUMNS.map(([, type]) => type);
const VALUES = STAGE_COLUMNS.map(([, , of]) => of);
/** The most that a row takes besides its texts: room for it is made before a row, and again with each text. */
const WITHOUT_TEXTS = 2 + COLUMNS * 12;

const viewOf = (buffer: Buffer): DataView =>
  new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Writes records in PostgreSQL's binary COPY format: no text escapes, no date parsing on the other side. */
export class StageEncoder {
  private buffer = Buffer.allocUnsafeSlow(512 * 1024);
  /** The same bytes; its numbers are written without a call. */
  private view = viewOf(this.buffer);
  private size = 0;

  constructor() {
    this.bytes(SIGNATURE);
  }

  get length(): number {
    return this.size;
  }

  add(record: PortalRecord, early: EarlyDeadline | null, unitId: number | null): void {
    this.room(WITHOUT_TEXTS);
    this.view.setInt16(this.size, COLUMNS);
    this.size += 2;
    for (let i = 0; i < COLUMNS; i++) {
      const value = VALUES[i]!(record, early, unitId);
      if (value === null) this.int4(-1);
      else this.value(TYPES[i]!, value);
    }
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

  private value(type: StageType, value: unknown): void {
    switch (type) {
      case 'text':
        return this.text(value as string, false);
      case 'int4':
        return this.fourBytes(value as number);
      case 'date':
        return this.fourBytes((value as number) - POSTGRES_EPOCH_DAYS);
      case 'int2':
        return this.twoBytes(value as number);
      case 'bool':
        return this.oneByte(value as boolean);
      case 'timestamptz':
        return this.timestamp((value as LocalSecond) - LOCAL_POSTGRES_EPOCH);
      case 'epoch':
        return this.timestamp((value as number) - POSTGRES_EPOCH_SECONDS);
      case 'jsonb':
        return this.text(value as string, true);
    }
  }

  private fourBytes(value: number): void {
    this.int4(4);
    this.int4(value);
  }

  private twoBytes(value: number): void {
    this.int4(2);
    this.view.setInt16(this.size, value);
    this.size += 2;
  }

  private oneByte(value: boolean): void {
    this.int4(1);
    this.view.setUint8(this.size, value ? 1 : 0);
    this.size += 1;
  }

  private int4(value: number): void {
    this.view.setInt32(this.size, value);
    this.size += 4;
  }

  /** @param seconds since the year 2000 of UTC */
  private timestamp(seconds: number): void {
    const micros = seconds * 1e6;
    const high = Math.floor(micros / TWO_32);
    this.int4(8);
    this.int4(high);
    this.int4(micros - high * TWO_32);
  }

  private text(text: string, json: boolean): void {
    this.room(text.length * 3 + 1 + WITHOUT_TEXTS);
    const start = this.size + 4;
    if (json) this.buffer[start] = JSONB_VERSION;
    const end = this.letters(text, json ? start + 1 : start);
    this.view.setInt32(this.size, end - start);
    this.size = end;
  }

  /** Short texts letter by letter: a call into the runtime costs as much as some dozens of letters. */
  private letters(text: string, at: number): number {
    const { buffer } = this;
    if (text.length > SHORT) return at + buffer.write(text, at);
    let end = at;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) buffer[end++] = code;
      else if (code < 0x800) {
        buffer[end++] = 0xc0 | (code >> 6);
        buffer[end++] = 0x80 | (code & 63);
      } else if (code >= 0xd800 && code < 0xe000) return at + buffer.write(text, at);
      else {
        buffer[end++] = 0xe0 | (code >> 12);
        buffer[end++] = 0x80 | ((code >> 6) & 63);
        buffer[end++] = 0x80 | (code & 63);
      }
    }
    return end;
  }

  private bytes(bytes: Buffer): void {
    this.room(bytes.length);
    this.size += bytes.copy(this.buffer, this.size);
  }

  private room(length: number): void {
    if (this.size + length <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow((this.size + length) * 2);
    this.buffer.copy(larger, 0, 0, this.size);
    this.buffer = larger;
    this.view = viewOf(larger);
  }
}
