import { Injectable } from '@nestjs/common';
import { StepDues } from '../cases/step-due.service';
import type { Tx } from '../database/transaction';
import type { WaitingNotification } from '../notifications/notification.repository';
import { AlertGrounds } from './alert-grounds';
import { climbsAt, planAlerts, type AlertGround, type PlannedAlert } from './alert-plan';
import { AlertTelling } from './alert-telling.service';
import { AlertRepository, type ClimbingAlert, type DueParts } from './alert.repository';

/** Rows that one transaction takes. */
const BATCH = 500;

export interface SweepBatch {
  /** cases, or alerts that climb or were put off until now */
  claimed: number;
  /** new alerts */
  raised: number;
  waiting: WaitingNotification[];
}

/** One batch of a sweep in the caller's transaction; null when nothing is due. */
@Injectable()
export class AlertRaising {
  constructor(
    private readonly repository: AlertRepository,
    private readonly telling: AlertTelling,
    private readonly grounds: AlertGrounds,
    private readonly steps: StepDues,
  ) {}

  /** What there is to do at all. */
  parts(tx: Tx, now: Date): Promise<DueParts> {
    return this.repository.due(tx, now);
  }

  /** Cases on which a rule falls due. */
  async due(tx: Tx, now: Date): Promise<SweepBatch | null> {
    const claimed = await this.repository.claimDue(tx, now, BATCH);
    if (claimed.length === 0) return null;
    const ground = await this.grounds.at(tx, now);
    const ids = claimed.filter((c) => c.running).map((c) => c.id);
    const steps = await this.steps.of(tx, ids, ground.book, now);
    const plans = claimed.map((c) => planAlerts({ ...c, stepDue: steps.get(c.id) ?? null }, ground));
    await this.repository.setNext(tx, plans);
    return this.raised(
      tx,
      claimed.length,
      plans.flatMap((plan) => plan.alerts),
      ground,
    );
  }

  /** Alerts nobody has taken in hand within the time of their rule go to the next one above. */
  async climbing(tx: Tx, now: Date): Promise<SweepBatch | null> {
    const claimed = await this.repository.claimClimbing(tx, now, BATCH);
    if (claimed.length === 0) return null;
    const ground = await this.grounds.at(tx, now);
    const above = claimed.filter((alert) => alert.climbs).flatMap((alert) => aboveOf(alert, ground));
    return this.raised(tx, claimed.length, above, ground);
  }

  /** Alerts that were put off are told again. */
  async waking(tx: Tx, now: Date): Promise<SweepBatch | null> {
    const claimed = await this.repository.claimSnoozed(tx, now, BATCH);
    if (claimed.length === 0) return null;
    const ground = await this.grounds.at(tx, now);
    const woken = claimed.filter((alert) => alert.wakes);
    return { claimed: claimed.length, raised: 0, waiting: await this.telling.tell(tx, woken, ground) };
  }

  private async raised(
    tx: Tx,
    claimed: number,
    alerts: PlannedAlert[],
    ground: AlertGround,
  ): Promise<SweepBatch> {
    const raised = await this.repository.raise(tx, alerts, ground.now);
    const waiting = await this.telling.tell(tx, raised, ground);
    return { claimed, raised: raised.length, waiting };
  }
}

/** The people of the next relation above; each may climb on from there. */
function aboveOf(
  { caseId, ruleId, anchorAt, climb, ...concerned }: ClimbingAlert,
  ground: AlertGround,
): PlannedAlert[] {
  const rule = ground.rules.rule(ruleId);
  const relation = rule.climbTo[climb];
  if (relation === undefined) return [];
  return ground.staff.recipients([relation], concerned).map((told) => ({
    ...{ caseId, ruleId, anchorAt, ...told, climb: climb + 1 },
    climbAt: climbsAt(rule, climb + 1, told.recipientId, ground),
  }));
}
