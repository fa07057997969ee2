CREATE TABLE "report_schedules" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"cards" jsonb NOT NULL,
	"every" text NOT NULL,
	"day_of_month" integer NOT NULL,
	"recipients" jsonb NOT NULL,
	"owner_account_id" uuid NOT NULL,
	"owner_person_id" uuid NOT NULL,
	"owner_name" text NOT NULL,
	"after_on" date NOT NULL,
	"paused_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "report_schedules_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "report_sendings" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"due_on" date NOT NULL,
	"sent_on" date NOT NULL,
	"cards" jsonb,
	"recipient_count" integer DEFAULT 0 NOT NULL,
	"failure" text,
	CONSTRAINT "report_sendings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "report_schedules_by_path" ON "report_schedules" USING btree ("tenant_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "report_sendings_once" ON "report_sendings" USING btree ("tenant_id","schedule_id","due_on");