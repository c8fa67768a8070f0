import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { Page } from '../web/page';
import { Roles } from '../web/reader';
import { MailboxReader } from './mailbox.reader';

const subnav = '/quan-tri/hop-thu';

/** Mails that were kept on this machine because there is no mail server. */
@Controller('quan-tri/hop-thu')
@Roles('administrator')
export class MailboxController {
  constructor(
    private readonly mailbox: MailboxReader,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @Page('notifications/mailbox', { title: 'Hộp thư', subnav })
  async list() {
    return {
      server: this.server(),
      mails: (await this.mailbox.list()).map(({ at, ...m }) => ({ ...m, at: new Date(at) })),
    };
  }

  @Get(':id')
  @Page('notifications/mail', { title: 'Thư', subnav })
  async mail(@Param('id') id: string) {
    const mail = await this.mailbox.mail(id);
    if (!mail) throw new AppError('MAIL_NOT_FOUND', { id });
    return { ...mail, title: mail.subject, at: new Date(mail.at), lines: mail.text.trimEnd().split('\n') };
  }

  @Get(':id/thu.eml')
  source(@Param('id') id: string): StreamableFile {
    const source = this.mailbox.source(id);
    if (!source) throw new AppError('MAIL_NOT_FOUND', { id });
    return new StreamableFile(source, {
      type: 'message/rfc822',
      disposition: 'attachment; filename="thu.eml"',
    });
  }

  /** Host of the mail server, null when mails stay here. */
  private server(): string | null {
    const url = this.runtime.env.SMTP_URL;
    return url ? new URL(url).host : null;
  }
}
