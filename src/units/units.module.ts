import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { SetupChecklist } from './setup-checklist';
import { SetupController } from './setup.controller';
import { UnitBootstrap } from './unit-bootstrap';
import { UnitController } from './unit.controller';
import { UnitEditor } from './unit-editor.service';
import { UnitOffice } from './unit-office';
import { UnitPages } from './unit-pages.service';
import { UnitRepository } from './unit.repository';
import { UnitService } from './unit.service';

@Module({
  imports: [AuditModule],
  controllers: [SetupController, UnitController],
  providers: [SetupChecklist, UnitBootstrap, UnitEditor, UnitOffice, UnitPages, UnitRepository, UnitService],
  exports: [SetupChecklist, UnitBootstrap, UnitEditor, UnitOffice, UnitService],
})
export class UnitsModule {}
