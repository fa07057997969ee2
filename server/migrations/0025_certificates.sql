CREATE TABLE "certificate_filings" (
	"tenant_id" text NOT NULL,
	"certificate_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"filed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"filed_by" text NOT NULL,
	CONSTRAINT "certificate_filings_tenant_id_certificate_id_pk" PRIMARY KEY("tenant_id","certificate_id")
);
--> statement-breakpoint
CREATE TABLE "certificate_papers" (
	"tenant_id" text NOT NULL,
	"certificate_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"content_id" text,
	"size_bytes" integer,
	"problem" text,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "certificate_papers_tenant_id_certificate_id_pk" PRIMARY KEY("tenant_id","certificate_id")
);
--> statement-breakpoint
CREATE TABLE "certificate_revocations" (
	"tenant_id" text NOT NULL,
	"certificate_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"on" date NOT NULL,
	"reason" text NOT NULL,
	"revoked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_by" text NOT NULL,
	CONSTRAINT "certificate_revocations_tenant_id_certificate_id_pk" PRIMARY KEY("tenant_id","certificate_id")
);
--> statement-breakpoint
CREATE TABLE "certificate_series" (
	"tenant_id" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "certificate_series_tenant_id_organization_id_year_pk" PRIMARY KEY("tenant_id","organization_id","year")
);
--> statement-breakpoint
CREATE TABLE "certificate_settings" (
	"tenant_id" text NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"pattern" text NOT NULL,
	"signatory_office" text NOT NULL,
	"signatory_name" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "certificate_settings_tenant_id_organization_id_pk" PRIMARY KEY("tenant_id","organization_id")
);
--> statement-breakpoint
CREATE TABLE "certificates" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"person_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"serial" integer NOT NULL,
	"number" text NOT NULL,
	"facts" jsonb NOT NULL,
	"folded" text NOT NULL,
	"code_hash" text NOT NULL,
	"code_sealed" text NOT NULL,
	"source_module" text NOT NULL,
	"source_id" uuid NOT NULL,
	"replaces_id" uuid,
	"issued_on" date NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"issued_by" text NOT NULL,
	CONSTRAINT "certificates_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "certificates_by_path" ON "certificates" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "certificates_by_person" ON "certificates" USING btree ("tenant_id","person_id","id");--> statement-breakpoint
CREATE INDEX "certificates_by_batch" ON "certificates" USING btree ("tenant_id","batch_id","serial");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_by_code" ON "certificates" USING btree ("tenant_id","code_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_by_number" ON "certificates" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_in_series" ON "certificates" USING btree ("tenant_id","organization_id","year","serial");--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_by_source" ON "certificates" USING btree ("tenant_id","source_module","source_id","person_id") WHERE replaces_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "certificates_replaced_once" ON "certificates" USING btree ("tenant_id","replaces_id");