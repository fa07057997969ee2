CREATE TABLE "article_remarks" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"quote" text NOT NULL,
	"block" integer NOT NULL,
	"body" text NOT NULL,
	"answers_id" uuid,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	"written_by_account_id" uuid NOT NULL,
	"written_by_name" text NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by_name" text,
	CONSTRAINT "article_remarks_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "article_reviews" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"verdict" text NOT NULL,
	"opinion" text NOT NULL,
	"reviewer_path" text collate "C" NOT NULL,
	"reviewer_account_id" uuid NOT NULL,
	"reviewer_name" text NOT NULL,
	"reviewed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "article_reviews_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "article_versions" (
	"tenant_id" text NOT NULL,
	"article_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"text" jsonb NOT NULL,
	"occasion" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	"saved_by_account_id" uuid NOT NULL,
	"saved_by_name" text NOT NULL,
	CONSTRAINT "article_versions_tenant_id_article_id_version_pk" PRIMARY KEY("tenant_id","article_id","version")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"section_id" uuid NOT NULL,
	"is_open" boolean NOT NULL,
	"author_account_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"text" jsonb NOT NULL,
	"title" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"edited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"edited_by_account_id" uuid NOT NULL,
	"edited_by_name" text NOT NULL,
	"submitted_version" integer,
	"submitted_at" timestamp with time zone,
	"approved_at" timestamp with time zone,
	"scheduled_for" timestamp with time zone,
	"scheduled_by_account_id" uuid,
	"scheduled_by_name" text,
	"schedule_problem" text,
	"correction_note" text,
	"number" integer,
	"published_at" timestamp with time zone,
	"published_version" integer,
	"published_revision" integer,
	"withdrawn_at" timestamp with time zone,
	"withdrawal_reason" text,
	"dropped_at" timestamp with time zone,
	"source_key" text,
	CONSTRAINT "articles_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "publicity_settings_changes" (
	"tenant_id" text NOT NULL,
	"revision" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "publicity_settings_changes_tenant_id_revision_pk" PRIMARY KEY("tenant_id","revision")
);
--> statement-breakpoint
CREATE TABLE "site_articles" (
	"tenant_id" text NOT NULL,
	"article_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"section_id" uuid NOT NULL,
	"is_open" boolean NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"byline" jsonb NOT NULL,
	"html" text NOT NULL,
	"cover_id" uuid,
	"cover_alt" text NOT NULL,
	"cover_forms" jsonb,
	"published_at" timestamp with time zone NOT NULL,
	"corrections" jsonb NOT NULL,
	"folded" text NOT NULL,
	"words" integer[] NOT NULL,
	CONSTRAINT "site_articles_tenant_id_article_id_pk" PRIMARY KEY("tenant_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "site_media" (
	"tenant_id" text NOT NULL,
	"media_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"is_open" boolean NOT NULL,
	CONSTRAINT "site_media_tenant_id_media_id_article_id_pk" PRIMARY KEY("tenant_id","media_id","article_id")
);
--> statement-breakpoint
CREATE TABLE "site_sections" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"about" text NOT NULL,
	"position" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "site_sections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "wechat_drafts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"asked_by_account_id" uuid NOT NULL,
	"asked_by_name" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"claimed_at" timestamp with time zone,
	"draft_media_id" text,
	"done_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "wechat_drafts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "article_remarks_by_article" ON "article_remarks" USING btree ("tenant_id","article_id","written_at");--> statement-breakpoint
CREATE UNIQUE INDEX "article_reviews_once" ON "article_reviews" USING btree ("tenant_id","article_id","version","reviewer_account_id");--> statement-breakpoint
CREATE INDEX "articles_by_path" ON "articles" USING btree ("tenant_id","path","edited_at","id");--> statement-breakpoint
CREATE INDEX "articles_by_author" ON "articles" USING btree ("tenant_id","author_account_id","edited_at");--> statement-breakpoint
CREATE INDEX "articles_scheduled" ON "articles" USING btree ("tenant_id","scheduled_for") WHERE scheduled_for is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "articles_by_number" ON "articles" USING btree ("tenant_id","number") WHERE number is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "articles_by_source" ON "articles" USING btree ("tenant_id","source_key") WHERE source_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "site_articles_by_number" ON "site_articles" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "site_articles_newest" ON "site_articles" USING btree ("tenant_id","is_open","published_at","article_id");--> statement-breakpoint
CREATE INDEX "site_articles_by_section" ON "site_articles" USING btree ("tenant_id","section_id","published_at");--> statement-breakpoint
CREATE INDEX "site_articles_by_path" ON "site_articles" USING btree ("tenant_id","path","published_at");--> statement-breakpoint
CREATE INDEX "site_articles_by_words" ON "site_articles" USING gin ("words");--> statement-breakpoint
CREATE UNIQUE INDEX "site_sections_by_slug" ON "site_sections" USING btree ("tenant_id","slug");--> statement-breakpoint
CREATE INDEX "wechat_drafts_by_article" ON "wechat_drafts" USING btree ("tenant_id","article_id","asked_at");