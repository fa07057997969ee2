CREATE TABLE "calendar_feeds" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"organization_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_read_on" date,
	CONSTRAINT "calendar_feeds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "notice_deliveries" (
	"tenant_id" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"sender_account_id" uuid NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"had_read" boolean DEFAULT false NOT NULL,
	CONSTRAINT "notice_deliveries_tenant_id_notice_id_person_id_pk" PRIMARY KEY("tenant_id","notice_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "notice_dispatches" (
	"tenant_id" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"occasion" text NOT NULL,
	"sender_account_id" uuid NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"in_digest" boolean NOT NULL,
	"claimed_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failure" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "notice_dispatches_tenant_id_notice_id_person_id_channel_occasion_pk" PRIMARY KEY("tenant_id","notice_id","person_id","channel","occasion")
);
--> statement-breakpoint
CREATE TABLE "notice_posts" (
	"tenant_id" text NOT NULL,
	"notice_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"sender_account_id" uuid NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failure" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "notice_posts_tenant_id_organization_id_channel_notice_id_pk" PRIMARY KEY("tenant_id","organization_id","channel","notice_id")
);
--> statement-breakpoint
CREATE TABLE "notice_preferences" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"choices" jsonb NOT NULL,
	"quiet_hours" jsonb,
	"email_sealed" text,
	"email_mask" text,
	"new_email_sealed" text,
	"new_email_mask" text,
	"code_hash" text,
	"code_expires_at" timestamp with time zone,
	"code_failures" integer DEFAULT 0 NOT NULL,
	"wecom_user_sealed" text,
	"dingtalk_user_sealed" text,
	CONSTRAINT "notice_preferences_tenant_id_person_id_pk" PRIMARY KEY("tenant_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "notice_settings_changes" (
	"tenant_id" text NOT NULL,
	"revision" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_settings_changes_tenant_id_revision_pk" PRIMARY KEY("tenant_id","revision")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"audience" jsonb NOT NULL,
	"due_on" date,
	"happens_on" date,
	"hurried_reason" text,
	"source" text,
	"source_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"sender_account_id" uuid,
	"sender_name" text,
	"sent_at" timestamp with time zone,
	"recipient_count" integer,
	"delivered_at" timestamp with time zone,
	"last_reminded_at" timestamp with time zone,
	"recalled_at" timestamp with time zone,
	"recall_reason" text,
	"dropped_at" timestamp with time zone,
	"drop_reason" text,
	"corrects_id" uuid,
	"correction_reason" text,
	CONSTRAINT "notices_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_by_secret" ON "calendar_feeds" USING btree ("tenant_id","secret_hash");--> statement-breakpoint
CREATE INDEX "calendar_feeds_by_account" ON "calendar_feeds" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "notice_deliveries_by_person" ON "notice_deliveries" USING btree ("tenant_id","person_id","sent_at","notice_id");--> statement-breakpoint
CREATE INDEX "notice_dispatches_waiting" ON "notice_dispatches" USING btree ("tenant_id","channel","not_before") WHERE sent_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "notices_by_path" ON "notices" USING btree ("tenant_id","path","sent_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_by_source" ON "notices" USING btree ("tenant_id","source_key") WHERE source_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_corrected_once" ON "notices" USING btree ("tenant_id","corrects_id") WHERE corrects_id is not null;