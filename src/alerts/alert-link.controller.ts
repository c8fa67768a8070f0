import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { SNOOZES } from '../domain/alert-delivery';
import { Page } from '../web/page';
import { Public } from '../web/reader';
import { AlertActs, type OpenedLink } from './alert-acts.service';
import { idsIn } from './alert-choice';

const place = { title: 'Việc cần xử lý', layout: 'bare' } as const;
const link = z.object({ t: z.string().max(120).catch('') });
const chosen = z.object({
  t: z.string().max(120).catch(''),
  viec: z.enum(['acknowledge', ...SNOOZES]).catch('acknowledge'),
  nhac: z.unknown().optional(),
});

/** The page behind the link of a mail. Whatever fetches the link changes nothing: only its button does. */
@Controller('nhac-viec/thu')
@Public()
export class AlertLinkController {
  constructor(private readonly acts: AlertActs) {}

  @Get()
  @Page('alerts/link', place)
  async open(@Query({ schema: link }) { t }: z.infer<typeof link>) {
    return told(t, await this.acts.opened(t));
  }

  @Post()
  @Page('alerts/link', place)
  async act(@Body({ schema: chosen }) { t, viec, nhac }: z.infer<typeof chosen>) {
    const opened = await this.acts.opened(t);
    if ('fault' in opened) return told(t, opened);
    const mine = new Set(opened.alerts.map((alert) => alert.id));
    const ids = idsIn(nhac).filter((id) => mine.has(id));
    const done = await this.acts.act(opened.reader, viec, ids);
    return { ...told(t, await this.acts.opened(t)), done };
  }
}

const told = (link: string, opened: OpenedLink) => ({
  link,
  done: null as { alerts: number; until: Date | null } | null,
  ...('fault' in opened
    ? { fault: opened.fault, name: null, alerts: [] }
    : { fault: null, name: opened.reader.name, alerts: opened.alerts }),
});
