import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { HTML } from './page.interceptor';
import { PageRenderer } from './page-renderer';
import { type ReaderRequest, SignedIn, Unattended } from './reader';

const query = z.object({ tai: z.string().max(200).default('') });

/** Counts of the header for a page that stays open; htmx asks once a minute. */
@Controller('so-dem')
export class HeaderController {
  constructor(private readonly renderer: PageRenderer) {}

  @Get()
  @SignedIn()
  @Unattended()
  @Header('content-type', HTML)
  counts(@Req() request: ReaderRequest, @Query({ schema: query }) { tai }: z.infer<typeof query>) {
    return this.renderer.headerCounts(request, tai);
  }
}
