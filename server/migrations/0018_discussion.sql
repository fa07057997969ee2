CREATE TABLE "discussion_calls" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"called_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "discussion_calls_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "discussion_edits" (
	"tenant_id" text NOT NULL,
	"post_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"path" text collate "C" NOT NULL,
	"body" jsonb NOT NULL,
	"edited_at" timestamp with time zone NOT NULL,
	"edited_by" text NOT NULL,
	CONSTRAINT "discussion_edits_tenant_id_post_id_revision_pk" PRIMARY KEY("tenant_id","post_id","revision")
);
--> statement-breakpoint
CREATE TABLE "discussion_hidings" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"topic_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"hidden_by" text NOT NULL,
	"hidden_by_account_id" uuid NOT NULL,
	"hidden_at" timestamp with time zone NOT NULL,
	"appeal" text,
	"appealed_at" timestamp with time zone,
	"decision" text,
	"decision_reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "discussion_hidings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "discussion_identities" (
	"tenant_id" text NOT NULL,
	"topic_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "discussion_identities_tenant_id_topic_id_pk" PRIMARY KEY("tenant_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "discussion_letters" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "discussion_letters_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "discussion_marks" (
	"tenant_id" text NOT NULL,
	"person_id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"read_seq" integer DEFAULT 0 NOT NULL,
	"way" text,
	"told_seq" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "discussion_marks_tenant_id_person_id_topic_id_pk" PRIMARY KEY("tenant_id","person_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "discussion_openings" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"reason" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_by_account_id" uuid NOT NULL,
	"asked_office" text NOT NULL,
	"asked_side" integer NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"until_on" date NOT NULL,
	"decided_by" text,
	"decided_by_account_id" uuid,
	"agreed_at" timestamp with time zone,
	"declined_at" timestamp with time zone,
	"decline_reason" text,
	CONSTRAINT "discussion_openings_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "discussion_outcomes" (
	"tenant_id" text NOT NULL,
	"topic_id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"asked" text NOT NULL,
	"done" text NOT NULL,
	"responsible" text NOT NULL,
	"done_on" date NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"published_by" text NOT NULL,
	CONSTRAINT "discussion_outcomes_tenant_id_topic_id_pk" PRIMARY KEY("tenant_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "discussion_own_protected" (
	"tenant_id" text NOT NULL,
	"owner_key" text NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "discussion_own_protected_tenant_id_owner_key_pk" PRIMARY KEY("tenant_id","owner_key")
);
--> statement-breakpoint
CREATE TABLE "discussion_posts" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"seq" integer NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"body" jsonb,
	"plain" text NOT NULL,
	"quoted_post_id" uuid,
	"step" text,
	"office_name" text,
	"created_at" timestamp with time zone NOT NULL,
	"edited_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp with time zone,
	"hidden_at" timestamp with time zone,
	CONSTRAINT "discussion_posts_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "discussion_reports" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"topic_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"reported_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decision_reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "discussion_reports_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "discussion_settings_changes" (
	"tenant_id" text NOT NULL,
	"revision" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	"set_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "discussion_settings_changes_tenant_id_revision_pk" PRIMARY KEY("tenant_id","revision")
);
--> statement-breakpoint
CREATE TABLE "discussion_supports" (
	"tenant_id" text NOT NULL,
	"topic_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "discussion_supports_tenant_id_topic_id_person_id_pk" PRIMARY KEY("tenant_id","topic_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "discussion_topics" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"organization_id" uuid NOT NULL,
	"path" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"author_id" uuid,
	"author_name" text NOT NULL,
	"is_protected" boolean DEFAULT false NOT NULL,
	"is_confidential" boolean DEFAULT false NOT NULL,
	"call_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"last_post_at" timestamp with time zone NOT NULL,
	"last_seq" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"state" text,
	"promised_on" date,
	"answer_office" text,
	"answered_at" timestamp with time zone,
	"support_count" integer DEFAULT 0 NOT NULL,
	"accepted_post_id" uuid,
	"pinned_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"closed_reason" text,
	"hidden_at" timestamp with time zone,
	"merged_into_id" uuid,
	CONSTRAINT "discussion_topics_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "discussion_calls_in_order" ON "discussion_calls" USING btree ("tenant_id","until_on","id");--> statement-breakpoint
CREATE INDEX "discussion_hidings_of_post" ON "discussion_hidings" USING btree ("tenant_id","post_id");--> statement-breakpoint
CREATE INDEX "discussion_hidings_in_order" ON "discussion_hidings" USING btree ("tenant_id","hidden_at","id");--> statement-breakpoint
CREATE INDEX "discussion_letters_of_topic" ON "discussion_letters" USING btree ("tenant_id","topic_id");--> statement-breakpoint
CREATE INDEX "discussion_marks_followed" ON "discussion_marks" USING btree ("tenant_id","topic_id","person_id") WHERE way in ('atOnce', 'daily');--> statement-breakpoint
CREATE INDEX "discussion_openings_of_topic" ON "discussion_openings" USING btree ("tenant_id","topic_id");--> statement-breakpoint
CREATE INDEX "discussion_outcomes_in_order" ON "discussion_outcomes" USING btree ("tenant_id","published_at","topic_id");--> statement-breakpoint
CREATE UNIQUE INDEX "discussion_posts_in_order" ON "discussion_posts" USING btree ("tenant_id","topic_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "discussion_reports_once" ON "discussion_reports" USING btree ("tenant_id","post_id","person_id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "discussion_reports_in_order" ON "discussion_reports" USING btree ("tenant_id","reported_at","id");--> statement-breakpoint
CREATE INDEX "discussion_topics_by_place" ON "discussion_topics" USING btree ("tenant_id","path","last_post_at","id");--> statement-breakpoint
CREATE INDEX "discussion_topics_in_order" ON "discussion_topics" USING btree ("tenant_id","last_post_at","id");--> statement-breakpoint
CREATE INDEX "discussion_topics_by_author" ON "discussion_topics" USING btree ("tenant_id","author_id","last_post_at");--> statement-breakpoint
CREATE INDEX "discussion_topics_promised" ON "discussion_topics" USING btree ("tenant_id","promised_on") WHERE promised_on is not null and answered_at is null;--> statement-breakpoint
CREATE INDEX "discussion_topics_by_call" ON "discussion_topics" USING btree ("tenant_id","call_id") WHERE call_id is not null;--> statement-breakpoint
CREATE INDEX "discussion_topics_merged" ON "discussion_topics" USING btree ("tenant_id","merged_into_id") WHERE merged_into_id is not null;--> statement-breakpoint
CREATE INDEX "discussion_topics_pinned" ON "discussion_topics" USING btree ("tenant_id","path") WHERE pinned_at is not null;