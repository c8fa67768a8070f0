import { longDay, paddedTime } from '../documents/document-format';
import type { Coverage } from '../domain/apology-coverage';
import { letterPackLabels as words } from '../platform/letter-pack-labels';
import { letterRegisterLabels } from '../platform/letter-register-labels';
import { vietnameseNumber } from '../platform/vietnamese-number';
import { numberText, type EvidencePack, type PackLine } from './evidence-pack';
import { shortDay } from './register-paper';
import { channelName } from './register-view';

/** What templates/reports/pack-cover.hbs prints. */
export function coverPaper(pack: EvidencePack, contents: string[], missing: number) {
  return {
    ...pack.head,
    criterion: words.criterion,
    from: shortDay(pack.from),
    to: shortDay(pack.to),
    figures: figuresOf(pack.coverage),
    contents,
    missing: missing === 0 ? null : vietnameseNumber(missing),
    madeBy: pack.madeBy,
    date: longDay(pack.madeAt),
  };
}

export function figuresOf(c: Coverage) {
  const line = (name: string, n: number, strong = false) => ({ name, value: vietnameseNumber(n), strong });
  return [
    line('Số lần trễ hẹn phải xin lỗi', c.owed, true),
    line('Đã gửi thư xin lỗi trong hạn', c.inTime),
    line('Đã gửi thư xin lỗi muộn', c.late),
    line('Chưa gửi thư xin lỗi', c.none),
    ...(c.notNeeded ? [line('- trong đó ghi không cần thư, có lý do', c.notNeeded)] : []),
    {
      name: 'Tỷ lệ đã có thư xin lỗi',
      value: c.percent === null ? 'chưa có số liệu' : `${vietnameseNumber(c.percent, 2)}%`,
      strong: true,
    },
    line('Quá hạn do lỗi hệ thống đã xác nhận (không phải xin lỗi)', c.excused),
  ];
}

/** Rows of the appendix, on paper and in the workbook. */
export const appendixRows = (lines: PackLine[]) =>
  lines.map((line, i) => ({
    place: String(i + 1),
    procedure: line.procedureName,
    code: line.code,
    applicant: line.applicantName,
    deadline: shortDay(line.deadlineAt),
    settled: line.settledDay === null ? '' : shortDay(line.settledDay),
    reason: line.reason ?? line.notNeededReason ?? '',
    number: numberText(line),
    letterDate: line.letterDate === null ? '' : shortDay(line.letterDate),
    signer: line.signer ?? '',
    sendings: line.deliveries.length > 0 ? line.deliveries.map(sendingText) : [words.noDelivery],
    status: letterRegisterLabels.coverage[line.class],
    hash: line.signedSha256 ?? line.fileSha256 ?? '',
  }));

export const sendingText = (d: { channel: string; at: Date }): string =>
  `${channelName(d.channel)}, ${paddedTime(d.at)} ${shortDay(d.at)}`;

/** What was written down of every delivery: not every proof is a file. */
export function deliveriesText(lines: PackLine[]): string {
  const told = lines.flatMap((line) =>
    line.deliveries.map((d) =>
      [
        numberText(line),
        line.code,
        sendingText(d),
        d.recipient,
        d.evidence ?? '',
        d.fileName === null ? '' : d.fileName,
      ]
        .map((text) => text.replace(/[\t\r\n]+/gu, ' '))
        .join('\t'),
    ),
  );
  return `${['Số thư', 'Mã hồ sơ', 'Cách gửi, lúc gửi', 'Người nhận', 'Minh chứng', 'Tệp'].join('\t')}\n${told.join('\n')}\n`;
}
