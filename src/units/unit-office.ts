import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OfficeDirectory, type Office } from '../web/office';
import type { Reader } from '../web/reader';
import { UnitService } from './unit.service';

/** Names the office on every page: "Trung tâm Phục vụ hành chính công xã Bình Lư, tỉnh Lai Châu". */
@Injectable()
export class UnitOffice implements OnModuleInit {
  constructor(
    private readonly offices: OfficeDirectory,
    private readonly units: UnitService,
  ) {}

  onModuleInit(): void {
    this.offices.register((reader) => this.of(reader));
  }

  async of(reader: Reader | null): Promise<Office> {
    if (reader && reader.communeIds.length !== 1) return { name: reader.unitName, officeHours: null };
    const communeId = reader?.communeIds[0] ?? (await this.units.commune()).id;
    return { name: await this.units.officeNameOf(communeId), officeHours: null };
  }
}
