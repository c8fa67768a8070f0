import { type INestApplication, Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description: string | null;
  schema: string | null;
}

export interface Operation {
  method: string;
  path: string;
  summary: string | null;
  description: string | null;
  parameters: Parameter[];
  body: string | null;
}

type Json = Record<string, unknown>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const pretty = (schema: unknown): string | null =>
  schema ? JSON.stringify(schema, null, 2).replace(/^\s*"\$schema".*\n/m, '') : null;

function parameterOf(raw: Json): Parameter {
  const schema = raw['schema'] as Json | undefined;
  return {
    name: String(raw['name']),
    in: String(raw['in']),
    required: raw['required'] === true,
    description: text(raw['description']),
    schema: text(schema?.['pattern']) ?? text(schema?.['format']) ?? text(schema?.['type']),
  };
}

function operationOf(method: string, path: string, raw: Json): Operation {
  const content = (raw['requestBody'] as { content?: Record<string, Json> } | undefined)?.content ?? {};
  return {
    method: method.toUpperCase(),
    path,
    summary: text(raw['summary']),
    description: text(raw['description']),
    parameters: ((raw['parameters'] ?? []) as Json[]).map(parameterOf),
    body: pretty(Object.values(content)[0]?.['schema']),
  };
}

/** The REST interface as OpenAPI, built when first asked for. Pages are no interface and are left out. */
@Injectable()
export class ApiDescription {
  private built: OpenAPIObject | undefined;
  private app: INestApplication | undefined;

  describes(app: INestApplication): void {
    this.app = app;
  }

  document(): OpenAPIObject {
    if (!this.app) throw new Error('configureApp has not run');
    this.built ??= this.build(this.app);
    return this.built;
  }

  operations(): Operation[] {
    return Object.entries(this.document().paths).flatMap(([path, item]) =>
      METHODS.filter((m) => item[m]).map((m) => operationOf(m, path, item[m] as unknown as Json)),
    );
  }

  private build(app: INestApplication): OpenAPIObject {
    const config = new DocumentBuilder()
      .setTitle('Đúng Hẹn')
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer' })
      .addSecurityRequirements('bearer')
      .build();
    const document = SwaggerModule.createDocument(app, config);
    const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v'));
    return { ...document, paths: Object.fromEntries(paths) };
  }
}
