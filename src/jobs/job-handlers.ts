import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { JOB_DEFINITIONS, type JobDefinitions, QUEUES } from './catalogue';
import { ON_JOB_KEY } from './on-job';
import { SCHEDULE_LIST, type Schedule } from './schedules';

export type JobHandler = (payload: unknown) => Promise<unknown>;

/** Finds every method marked `@OnJob` and proves that catalogue, handlers and schedules agree. */
@Injectable()
export class JobHandlers implements OnModuleInit {
  private readonly found = new Map<string, { at: string; run: JobHandler }[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    @Inject(JOB_DEFINITIONS) private readonly definitions: JobDefinitions,
    @Inject(SCHEDULE_LIST) private readonly schedules: Schedule[],
  ) {}

  /** @throws Error that lists every fault; the application does not start. */
  onModuleInit(): void {
    const instances = new Set(this.discovery.getProviders().map((p) => p.instance as object | null));
    for (const instance of instances) this.collect(instance);
    const faults = this.faults();
    if (faults.length > 0)
      throw new Error(`The job catalogue is broken:\n${faults.map((f) => `  - ${f}`).join('\n')}`);
  }

  of(name: string): JobHandler | undefined {
    return this.found.get(name)?.[0]?.run;
  }

  private collect(instance: object | null): void {
    if (!instance || typeof instance !== 'object') return;
    const prototype = Object.getPrototypeOf(instance) as Record<string, JobHandler> | null;
    for (const method of this.scanner.getAllMethodNames(prototype)) {
      const run = prototype![method]!;
      const name = this.reflector.get<string | undefined>(ON_JOB_KEY, run);
      if (!name) continue;
      const entry = { at: `${instance.constructor.name}.${method}`, run: run.bind(instance) as JobHandler };
      this.found.set(name, [...(this.found.get(name) ?? []), entry]);
    }
  }

  private faults(): string[] {
    const faults: string[] = [];
    for (const [name, { queue }] of Object.entries(this.definitions)) {
      const handlers = this.found.get(name) ?? [];
      if (handlers.length === 0) faults.push(`${name} has no handler`);
      if (handlers.length > 1)
        faults.push(`${name} has ${handlers.length}: ${handlers.map((h) => h.at).join(', ')}`);
      if (!QUEUES.includes(queue)) faults.push(`${name} names the unknown queue ${queue}`);
    }
    for (const [name, handlers] of this.found)
      if (!this.definitions[name])
        faults.push(`${handlers[0]!.at} handles ${name}, which is not in the catalogue`);
    for (const { job } of this.schedules)
      if (!this.definitions[job]) faults.push(`a schedule names ${job}, which is not in the catalogue`);
    return faults;
  }
}
