import { paddedNumber } from '../documents/document-format';
import { dayOfInstant, type EpochDay } from '../domain/local-date';
import { labels } from '../platform/labels';
import { letterRegisterLabels as words } from '../platform/letter-register-labels';
import { withoutFileHash } from '../platform/sending-labels';
import type { NumberSpan, RegisterRow } from './register.repository';

export type RegisterView = ReturnType<typeof rowView>;

/** Facts of the paper as numbered, beside what happened to it. */
export function rowView(row: RegisterRow, lastDay: EpochDay) {
  const first = row.deliveries[0];
  return {
    ...row,
    formName: words.form[row.form as keyof typeof words.form] ?? row.form,
    numberText: paddedNumber(row.number),
    reason: (row.reasonLines ?? []).join('\n'),
    natureName: row.nature === null ? null : words.nature[row.nature],
    channel: first ? channelName(first.channel) : null,
    channels: row.deliveries.map((d) => ({
      name: channelName(d.channel),
      at: new Date(d.at),
      recipient: d.recipient,
      evidence: d.evidence,
      fileName: d.fileName,
    })),
    recipient: first?.recipient ?? null,
    proof: first?.evidence ?? null,
    shortProof: first ? withoutFileHash(first.evidence ?? '') || null : null,
    proofFile: row.deliveries.find((d) => d.fileSha256 !== null)?.fileName ?? null,
    inTime: row.sentAt === null ? null : dayOfInstant(row.sentAt) <= lastDay,
    timing: row.sentAt === null ? null : timingName(dayOfInstant(row.sentAt) <= lastDay),
  };
}

export const channelName = (channel: string): string =>
  (words.channel as Record<string, string>)[channel] ?? channel;

/** Đ19.9: the letter leaves at the latest one day before the deadline. */
const timingName = (inTime: boolean): string => labels.letter.timing[inTime ? 'before' : 'late'];

/** Whether the numbers of a series follow each other (Decree 30/2020, Điều 15). */
export function seriesView({ suffix, first, last, foreign, gaps }: NumberSpan) {
  const missing = foreign ? [] : gaps;
  return {
    suffix,
    first: paddedNumber(first),
    last: paddedNumber(last),
    foreign,
    missing: missing
      .map(({ from, to }) => (from === to ? paddedNumber(from) : `${paddedNumber(from)}–${paddedNumber(to)}`))
      .join(', '),
    late: first > 1 && !foreign,
  };
}
