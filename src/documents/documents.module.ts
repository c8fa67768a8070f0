import { Module } from '@nestjs/common';
import { DocumentRenderer } from './document-renderer';
import { PdfRenderer } from './pdf-renderer';

@Module({
  providers: [DocumentRenderer, PdfRenderer],
  exports: [DocumentRenderer, PdfRenderer],
})
export class DocumentsModule {}
