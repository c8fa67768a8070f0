import { Injectable } from '@nestjs/common';
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { AskService } from '../documents/pdf-signer';
import { AddressRefused, WebhookSender, type Answer } from '../notifications/webhook.sender';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';

/** Bytes of an answer: a signature and a chain of four long certificates. */
const LONGEST = 64 * 1024;
const QUOTED = 200;

const answer = z.object({
  signature: z.base64(),
  certificates: z.array(z.string().min(1)).min(1).max(8),
});

export interface SigningAccount {
  url: string;
  token: string;
}

/** Calls a service that signs digests; docs/signing-service.md is its contract. */
@Injectable()
export class SigningClient {
  constructor(private readonly sender: WebhookSender) {}

  ask({ url, token }: SigningAccount): AskService {
    return async (digest, algorithm) => {
      const body = JSON.stringify({ digest: digest.toString('base64'), algorithm });
      const { status, text } = await this.post(url, token, body);
      if (status < 200 || status >= 300)
        throw failed(labels.signature.serviceStatus(status, text.slice(0, QUOTED)));
      const read = readAnswer(text);
      if (!read) throw failed(labels.signature.serviceNotJson);
      return read;
    };
  }

  private async post(url: string, token: string, body: string): Promise<Answer> {
    try {
      return await this.sender.ask(url, body, { authorization: `Bearer ${token}`, longest: LONGEST });
    } catch (e) {
      if (e instanceof AddressRefused)
        throw new AppError('SIGNING_SERVICE_ADDRESS', { cause: labels.signature.address[e.fault] });
      throw failed(labels.signature.serviceSilent(e instanceof Error ? e.message : String(e)));
    }
  }
}

const failed = (cause: string): AppError => new AppError('SIGNING_SERVICE_FAILED', { cause });

/** Certificates come as PEM or as DER in base64. */
function readAnswer(text: string): Awaited<ReturnType<AskService>> | null {
  try {
    const { signature, certificates } = answer.parse(JSON.parse(text));
    return {
      signature: Buffer.from(signature, 'base64'),
      certificates: certificates.map((one) => new X509Certificate(Buffer.from(derOf(one), 'base64'))),
    };
  } catch {
    return null;
  }
}

const derOf = (certificate: string): string => certificate.replace(/-----[A-Z ]+-----/g, '');
