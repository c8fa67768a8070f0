import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { dataKind } from '../database/data-kind';
import type { Tx } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { MailContents, type MessageContent } from '../notifications/mail-contents';
import { MailSender } from '../notifications/mail.sender';
import { Clock } from '../platform/clock';
import { sendingLabels } from '../platform/sending-labels';
import type { ClaimedMessage } from './delivery.repository';
import { LetterComposer } from './letter-composer';
import { LetterMailCopy } from './letter-mail-copy';
import type { Letter } from './letter';
import { addresseeOf } from './addressee';
import { toldLetter } from './sending-told';

/** Name of the mail: templates/emails/apology-letter. */
const KIND = 'apology-letter';

interface MailedLetter {
  title: string;
  agency: string;
  phone: string | null;
  call: string;
  number: string;
  code: string;
  deadlineAt: Date;
  newDueAt: Date | null;
  file: string;
}

/** A letter by e-mail: what is attached is the signed copy, else the file that is kept. */
@Injectable()
export class LetterMail implements OnModuleInit {
  constructor(
    private readonly contents: MailContents,
    private readonly sender: MailSender,
    private readonly copies: LetterMailCopy,
    private readonly composer: LetterComposer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const sample = () => Promise.resolve(contentOf(this.sample()));
    // Mails to citizens are no notifications: they are composed for a letter.
    this.contents.register(KIND, { compose: () => Promise.resolve(null), sample });
  }

  /** Without a mail server a letter reaches nobody; only sample data may pretend. */
  async offered(tx: Tx): Promise<boolean> {
    return this.sender.reachesPeople || (await dataKind(tx)) !== 'real';
  }

  get reachesPeople(): boolean {
    return this.sender.reachesPeople;
  }

  /** @returns the proof in words */
  async send(tx: Tx, message: ClaimedMessage, letter: Letter): Promise<string> {
    const { messageId, recipient, signedSha256 } = message;
    const office = await this.composer.office(letter.unitId);
    const told = toldLetter(letter, office, this.clock.now());
    const { title: honour, name } = addresseeOf(letter.applicantName, letter.applicantKind, null);
    const content = await this.copies.of(letter, signedSha256);
    const file = fileNameOf(letter);
    const number = `${paddedNumber(letter.number ?? 0)}/${letter.suffix}`;
    const reader = { name: [honour, name].filter(Boolean).join(' '), unitName: office.communeName };
    const body = contentOf({ ...told, title: titleOf(letter), number, file });
    const mail = await this.contents.outside(tx, KIND, letter.unitId, reader, body);
    const answer = await this.sender.send({
      ...mail,
      messageId,
      to: { name: reader.name, address: recipient },
      date: this.clock.now(),
      fromName: told.agency,
      attachments: [{ filename: file, contentType: 'application/pdf', content }],
    });
    const proof = { answer, messageId, file, sha256: createHash('sha256').update(content).digest('hex') };
    return this.sender.reachesPeople ? sendingLabels.mailProof(proof) : sendingLabels.mailboxProof(proof);
  }

  private sample(): MailedLetter {
    return {
      title: sendingLabels.title.again,
      agency: 'Trung tâm Phục vụ hành chính công',
      phone: '0213 3000 000',
      call: 'Ông/Bà',
      number: '01/XL-TTPVHCC',
      code: 'H00.00.00-260101-0001',
      deadlineAt: this.clock.now(),
      newDueAt: this.clock.now(),
      file: `${sendingLabels.file.letter}-01.pdf`,
    };
  }
}

function contentOf({ agency, phone, call, title, ...model }: MailedLetter): MessageContent {
  const thu = title.charAt(0).toLocaleLowerCase('vi') + title.slice(1);
  const words = { ten_thu: title, thu, ong_ba: call, co_quan: agency, dien_thoai: phone ?? '' };
  return { model: { ...model, title, office: agency }, words };
}

function titleOf({ form, newDueAt }: Letter): string {
  const { title } = sendingLabels;
  if ((form as string) === 'system-error-slip') return title.notice;
  return newDueAt === null ? title.apology : title.again;
}

function fileNameOf({ form, number, letterDate }: Letter): string {
  const { letter, slip } = sendingLabels.file;
  const name = (form as string) === 'system-error-slip' ? slip : letter;
  return `${name}-${paddedNumber(number ?? 0)}-${letterDate}.pdf`;
}
