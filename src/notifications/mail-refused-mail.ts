import { Injectable, type OnModuleInit } from '@nestjs/common';
import { deliveryReason } from '../platform/delivery-words';
import { SAMPLE_COLLEAGUE } from '../platform/mail-labels';
import { Runtime } from '../platform/runtime';
import { MailContents, type MessageContent } from './mail-contents';
import { type CurrentRefusal, MailRefusalRepository } from './mail-refusal.repository';
import { MAIL_REFUSED } from './mail-refusals.service';

type Told = Pick<CurrentRefusal, 'name' | 'username' | 'unitName' | 'address' | 'reason'> & {
  administers: boolean;
};

const SAMPLE: Told = {
  name: SAMPLE_COLLEAGUE,
  username: 'tranthib',
  unitName: 'Phòng Kinh tế',
  address: 'tranthib@example.vn',
  reason: '550 5.1.1 user unknown',
  administers: true,
};

/** Says whose mail does not arrive, and why. */
@Injectable()
export class MailRefusedMail implements OnModuleInit {
  constructor(
    private readonly refusals: MailRefusalRepository,
    private readonly contents: MailContents,
    private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.contents.register(MAIL_REFUSED, {
      compose: async (tx, id) => this.contentOf(await this.refusals.told(tx, id)),
      sample: () => Promise.resolve(this.contentOf(SAMPLE)!),
    });
  }

  private contentOf(told: Told | undefined): MessageContent | null {
    if (!told) return null;
    const { name: person, unitName, address, administers } = told;
    const path = administers
      ? `/quan-tri/nguoi-dung/${encodeURIComponent(told.username)}`
      : '/quan-tri/nhat-ky-gui';
    const url = `${this.runtime.publicUrl()}${path}`;
    const model = { person, unitName, address, administers, reason: deliveryReason(told.reason), url };
    return { model, words: { nguoi: person, dia_chi: address } };
  }
}
