import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { TEMPLATES_DIR } from '../platform/paths';
import { ApiDescription } from './api-docs';
import { ApiDocsController } from './api-docs.controller';
import { CsrfInterceptor } from './csrf';
import { ErrorFilter } from './error.filter';
import { HeaderController } from './header.controller';
import { HeaderCounts } from './header-counts';
import { HealthController } from './health.controller';
import { HelpController } from './help.controller';
import { Navigation } from './navigation';
import { NotFoundController } from './not-found.controller';
import { OfficeDirectory } from './office';
import { PageInterceptor } from './page.interceptor';
import { PageRenderer } from './page-renderer';
import { StaticFiles } from './static-files';
import { TEMPLATE_FOLDERS, ViewEngine } from './view-engine';

/** Pages: engine, layout, errors, tokens. Features register their counts and the office here. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [HealthController, HeaderController, ApiDocsController, HelpController, NotFoundController],
  providers: [
    StaticFiles,
    { provide: TEMPLATE_FOLDERS, useValue: [TEMPLATES_DIR] },
    ViewEngine,
    HeaderCounts,
    OfficeDirectory,
    Navigation,
    PageRenderer,
    ApiDescription,
    { provide: APP_INTERCEPTOR, useClass: CsrfInterceptor },
    { provide: APP_INTERCEPTOR, useClass: PageInterceptor },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [HeaderCounts, OfficeDirectory, PageRenderer, StaticFiles, ViewEngine],
})
export class WebModule {}
