CREATE TABLE "media_items" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"uploader_account_id" uuid NOT NULL,
	"uploader_name" text NOT NULL,
	"kind" text NOT NULL,
	"content_id" text NOT NULL,
	"media_type" text NOT NULL,
	"extension" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"width" integer,
	"height" integer,
	"duration_ms" integer,
	"file_name" text NOT NULL,
	"alt_text" text NOT NULL,
	"credit" text NOT NULL,
	"shows_persons" text NOT NULL,
	"consent_note" text,
	"consent_on" date,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawal_reason" text,
	CONSTRAINT "media_items_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "media_texts" (
	"tenant_id" text NOT NULL,
	"media_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"vtt" text NOT NULL,
	CONSTRAINT "media_texts_tenant_id_media_id_kind_pk" PRIMARY KEY("tenant_id","media_id","kind")
);
--> statement-breakpoint
CREATE TABLE "media_uploads" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_uploads_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "media_uses" (
	"tenant_id" text NOT NULL,
	"media_id" uuid NOT NULL,
	"module" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "media_uses_tenant_id_media_id_module_owner_id_pk" PRIMARY KEY("tenant_id","media_id","module","owner_id")
);
--> statement-breakpoint
CREATE TABLE "media_variants" (
	"tenant_id" text NOT NULL,
	"media_id" uuid NOT NULL,
	"form" text NOT NULL,
	"content_id" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	CONSTRAINT "media_variants_tenant_id_media_id_form_pk" PRIMARY KEY("tenant_id","media_id","form")
);
--> statement-breakpoint
CREATE INDEX "media_items_by_path" ON "media_items" USING btree ("tenant_id","path","id");--> statement-breakpoint
CREATE INDEX "media_items_by_uploader" ON "media_items" USING btree ("tenant_id","uploader_account_id","id");--> statement-breakpoint
CREATE INDEX "media_uploads_by_account" ON "media_uploads" USING btree ("tenant_id","account_id");--> statement-breakpoint
CREATE INDEX "media_uses_by_owner" ON "media_uses" USING btree ("tenant_id","module","owner_id");