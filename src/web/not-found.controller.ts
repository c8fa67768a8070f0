import { Controller, Get, Req } from '@nestjs/common';
import { AppError } from '../platform/errors';
import { Public, type ReaderRequest } from './reader';

/** Unknown addresses pass the guard like any page, so a signed-in person keeps the header and its links. */
@Controller()
export class NotFoundController {
  @Get('*')
  @Public()
  unknown(@Req() request: ReaderRequest): never {
    throw new AppError('PAGE_NOT_FOUND', { path: request.url.split('?')[0] ?? '/' });
  }
}
