import { Controller, Get } from '@nestjs/common';
import { Page } from './page';
import { SignedIn } from './reader';

/** The user guide, beside the pages it explains. */
@Controller('tro-giup')
export class HelpController {
  @Get()
  @Page('help/guide', { title: 'Trợ giúp' })
  @SignedIn()
  guide() {
    return {};
  }
}
