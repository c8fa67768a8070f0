import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Chairmen } from '../alerts/chairmen';
import type { Tx } from '../database/transaction';
import { MailContents, type MessageContent } from '../notifications/mail-contents';
import type { WaitingNotification } from '../notifications/notification.repository';
import { NotificationService } from '../notifications/notification.service';
import { Clock } from '../platform/clock';
import { SAMPLE_COLLEAGUE } from '../platform/mail-labels';
import { Runtime } from '../platform/runtime';
import type { Reader } from '../web/reader';
import type { Letter } from './letter';
import { SecondPromiseRepository, type SecondPromise } from './second-promise.repository';

const KIND = 'second-promise';

const SAMPLE: SecondPromise = {
  code: 'H35.50.12-260821-0015',
  procedure: 'Đăng ký lại khai sinh',
  allowedBy: SAMPLE_COLLEAGUE,
  allowedAt: new Date('2026-08-26T02:00:00Z'),
  reason: 'Cơ quan đăng ký hộ tịch nơi đăng ký trước đây chưa gửi kết quả xác minh',
};

@Injectable()
export class SecondPromiseReaders {
  constructor(
    readonly chairmen: Chairmen,
    readonly repository: SecondPromiseRepository,
  ) {}
}

/** A case is promised again a second time, against the rule: the chairman is told by whom and why. */
@Injectable()
export class SecondPromiseMail implements OnModuleInit {
  constructor(
    private readonly contents: MailContents,
    private readonly notifications: NotificationService,
    private readonly told: SecondPromiseReaders,
    private readonly clock: Clock,
    private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.contents.register(KIND, {
      compose: async (tx, id) => this.contentOf(await this.told.repository.ofNotification(tx, id)),
      sample: () => Promise.resolve(this.contentOf(SAMPLE)!),
    });
  }

  /** @returns messages to `announce` after the commit */
  async write(tx: Tx, by: Reader, letter: Letter): Promise<WaitingNotification[]> {
    const at = this.clock.now();
    const readers = (await this.told.chairmen.of(tx, letter.unitId)).filter(
      (id) => by.kind !== 'user' || id !== by.id,
    );
    const message = { template: KIND, key: `${letter.id}`, at: letter.deadlineAt };
    const written: WaitingNotification[] = [];
    for (const reader of readers) {
      const made = await this.notifications.once(tx, reader, message, at);
      if (made) written.push(made);
    }
    await this.told.repository.tellOf(
      tx,
      letter.id,
      written.map((n) => n.id),
    );
    return written;
  }

  announce(waiting: WaitingNotification[]): Promise<void> {
    return this.notifications.announce(waiting);
  }

  private contentOf(found: SecondPromise | undefined): MessageContent | null {
    if (!found) return null;
    const { code, procedure, allowedBy, allowedAt, reason } = found;
    const url = `${this.runtime.publicUrl()}/thu-xin-loi/${encodeURIComponent(code)}`;
    return {
      model: { code, procedure, allowedBy, allowedAt, reason, url },
      words: { nguoi: allowedBy, ma_ho_so: code },
    };
  }
}
