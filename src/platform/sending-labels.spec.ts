import { sendingLabels, withoutFileHash } from './sending-labels';

const file = { messageId: '<1@localhost>', file: 'thu-xin-loi-01-2026-08-26.pdf', sha256: 'a0'.repeat(32) };

it.each([
  [sendingLabels.mailboxProof(file), /này, không đến người dân\. Mã thư: <1@localhost>\.$/],
  [sendingLabels.mailProof({ ...file, answer: '250 OK' }), /: 250 OK\. Mã thư: <1@localhost>\.$/],
])('the proof of a mail is shown without its attachment, to the last word: %s', (proof, shown) => {
  expect(proof).toContain(`Tệp đính kèm: ${file.file}, SHA-256 ${file.sha256}.`);
  expect(withoutFileHash(proof)).toMatch(shown);
});

it('what a clerk wrote stays as it is', () => {
  const words = 'Bản có chữ ký người nhận. Tệp đính kèm: ảnh chụp, SHA-256 không ghi.';
  expect(withoutFileHash(words)).toBe(words);
});
