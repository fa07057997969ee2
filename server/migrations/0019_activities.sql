CREATE TABLE "activities" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"day_key" text,
	"from_on" date,
	"until_on" date,
	"start_minute" integer,
	"end_minute" integer,
	"place" text NOT NULL,
	"link" text NOT NULL,
	"speaker" text NOT NULL,
	"about_speaker" text NOT NULL,
	"plan" jsonb NOT NULL,
	"attachments" jsonb NOT NULL,
	"sign_up" jsonb,
	"folded" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"announced_at" timestamp with time zone,
	"announced_by" text,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"record" jsonb,
	"recorded_at" timestamp with time zone,
	"recorded_by" text,
	"document_id" uuid,
	"filed_revision" integer,
	"article_id" uuid,
	CONSTRAINT "activities_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "activity_days" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"month_day" text NOT NULL,
	"sentence" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "activity_days_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "activity_kits" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"activity_id" uuid NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"day_key" text,
	"plan" jsonb NOT NULL,
	"offered_at" timestamp with time zone DEFAULT now() NOT NULL,
	"offered_by" text NOT NULL,
	CONSTRAINT "activity_kits_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "activity_sign_ups" (
	"tenant_id" text NOT NULL,
	"activity_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"signed_up_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "activity_sign_ups_tenant_id_activity_id_person_id_pk" PRIMARY KEY("tenant_id","activity_id","person_id")
);
--> statement-breakpoint
CREATE INDEX "activities_by_place" ON "activities" USING btree ("tenant_id","path","from_on","id");--> statement-breakpoint
CREATE INDEX "activities_by_day" ON "activities" USING btree ("tenant_id","day_key","path");--> statement-breakpoint
CREATE INDEX "activity_days_by_path" ON "activity_days" USING btree ("tenant_id","path");--> statement-breakpoint
CREATE UNIQUE INDEX "activity_kits_once" ON "activity_kits" USING btree ("tenant_id","activity_id");--> statement-breakpoint
CREATE UNIQUE INDEX "activity_sign_ups_in_order" ON "activity_sign_ups" USING btree ("tenant_id","activity_id","seq");