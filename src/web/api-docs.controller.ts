import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ApiDescription } from './api-docs';
import { Page } from './page';
import { Public } from './reader';

/** Our own page instead of Swagger UI, whose inline styles the content security policy forbids. */
@ApiExcludeController()
@Controller('api')
export class ApiDocsController {
  constructor(private readonly description: ApiDescription) {}

  @Get('openapi.json')
  @Public()
  document() {
    return this.description.document();
  }

  @Get('docs')
  @Public()
  @Page('web/api-docs', { title: 'Giao diện lập trình' })
  page() {
    return { operations: this.description.operations() };
  }
}
